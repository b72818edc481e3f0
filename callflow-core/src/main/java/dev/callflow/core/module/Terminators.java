package dev.callflow.core.module;

import dev.callflow.core.call.KeyPolicy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Determines whether keys end a playback; if the list of terminators is empty, no key does. */
final class Terminators {

  private Terminators() {}

  static KeyPolicy of(ObjectNode data) {
    JsonNode terminators = data.get("terminators");
    return terminators != null && terminators.isArray() && terminators.isEmpty()
        ? KeyPolicy.WAIT
        : KeyPolicy.INTERRUPT;
  }
}
