/**
 * Listing, reading, creating, changing and deleting stored documents (docs/spec/api.md#documents).
 */
@NullMarked
package dev.callflow.api.document;

import org.jspecify.annotations.NullMarked;
