package dev.callflow.core.document;

import java.time.Instant;

/**
 * A document with its revision and dates.
 *
 * @param document the document
 * @param revision the revision; its number increases by one with every change
 * @param created when the document was first stored
 * @param modified when the document was last changed
 */
public record StoredDocument(
    Document document, Revision revision, Instant created, Instant modified) {}
