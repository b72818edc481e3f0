/** Schemas of conference documents, and warnings about probable mistakes in them. */
@NullMarked
package dev.callflow.conference.schema;

import org.jspecify.annotations.NullMarked;
