/** Stored documents: list, fetch, create, change, remove (docs/spec/api.md#documents). */
@NullMarked
package dev.callflow.api.document;

import org.jspecify.annotations.NullMarked;
