/** Stored documents: list, fetch, create, change, remove (spec 6.1 and 6.2). */
@NullMarked
package dev.callflow.api.document;

import org.jspecify.annotations.NullMarked;
