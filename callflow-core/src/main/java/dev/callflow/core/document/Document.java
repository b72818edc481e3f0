package dev.callflow.core.document;

import tools.jackson.databind.node.ObjectNode;

/**
 * A stored document as its owner wrote it.
 *
 * @param type what it is
 * @param id its id within the account
 * @param body the JSON object; treated as immutable by everybody who holds it
 * @param source where it was read from, for messages: a file name, or the id
 */
public record Document(DocumentType type, String id, ObjectNode body, String source) {}
