package dev.callflow.core.document;

import tools.jackson.databind.node.ObjectNode;

/**
 * A stored document as its owner wrote it.
 *
 * @param type the document's type
 * @param id the document's id, unique within its account and type
 * @param body the JSON object; must not be changed
 * @param source where the document comes from, for messages: a file name, or an id
 */
public record Document(DocumentType type, String id, ObjectNode body, String source) {}
