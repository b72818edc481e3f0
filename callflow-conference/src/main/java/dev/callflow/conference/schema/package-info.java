/** Schemas of the conference documents, and advice about them. */
@NullMarked
package dev.callflow.conference.schema;

import org.jspecify.annotations.NullMarked;
