package dev.callflow.core.document;

import java.time.Instant;

/**
 * A document and what its store knows of it.
 *
 * @param document the document
 * @param revision at least 1, and one more with every change
 * @param created when it was stored first
 * @param modified when it was changed last
 */
public record StoredDocument(Document document, long revision, Instant created, Instant modified) {}
