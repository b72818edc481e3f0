package dev.callflow.testkit.replay.text;

import tools.jackson.databind.JsonNode;

/** Compares a JSON value with the expected one. In objects, only the expected keys are compared. */
public final class Matching {

  private Matching() {}

  public static boolean matches(JsonNode expected, JsonNode actual) {
    if (expected.isObject()) {
      return actual.isObject()
          && expected
              .propertyStream()
              .allMatch(key -> matches(key.getValue(), actual.path(key.getKey())));
    }
    if (expected.isArray()) {
      return actual.isArray() && expected.size() == actual.size() && itemsMatch(expected, actual);
    }
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return expected.equals(actual);
  }

  private static boolean itemsMatch(JsonNode expected, JsonNode actual) {
    for (int i = 0; i < expected.size(); i++) {
      if (!matches(expected.get(i), actual.get(i))) {
        return false;
      }
    }
    return true;
  }
}
