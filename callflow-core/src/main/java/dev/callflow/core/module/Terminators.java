package dev.callflow.core.module;

import dev.callflow.core.call.KeyPolicy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads whether keys end a playback; with an empty list of terminators, no key does. */
final class Terminators {

  private Terminators() {}

  static KeyPolicy of(ObjectNode data) {
    JsonNode terminators = data.get("terminators");
    return terminators != null && terminators.isArray() && terminators.isEmpty()
        ? KeyPolicy.WAIT
        : KeyPolicy.INTERRUPT;
  }
}
