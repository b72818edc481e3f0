package dev.callflow.core.module;

import dev.callflow.core.call.Keys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads whether keys end a playback: an empty list of terminators says that none do. */
final class Terminators {

  private Terminators() {}

  static Keys of(ObjectNode data) {
    JsonNode terminators = data.get("terminators");
    return terminators != null && terminators.isArray() && terminators.isEmpty()
        ? Keys.WAIT
        : Keys.INTERRUPT;
  }
}
