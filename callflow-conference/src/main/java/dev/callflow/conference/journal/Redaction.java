package dev.callflow.conference.journal;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Replaces sensitive data in a journal. Within one journal, the same number always gets the same
 * replacement; each journal uses different ones. Safe for use by any thread.
 */
final class Redaction {

  /** Properties of actions that contain caller numbers. */
  private static final List<String> NUMBERS = List.of("number", "callerNumber");

  private static final List<String> NAMES = List.of("callerName");

  private static final List<String> PASSWORDS = List.of("password", "pin");

  private final boolean numbers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> replacements = new HashMap<>();
  private final Map<String, String> pinReplacements = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  Redaction(boolean numbers) {
    this.numbers = numbers;
  }

  String number(String number) {
    return numbers ? replacement(replacements, number) : number;
  }

  String name(String name) {
    return numbers ? "" : name;
  }

  /**
   * Hides the conference PINs and device passwords that a dial action may contain. Also masks
   * caller numbers and names if that is configured.
   */
  ObjectNode action(ObjectNode what) {
    hide(what, "");
    return what;
  }

  private void hide(JsonNode node, String key) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(each -> {
                JsonNode value = each.getValue();
                boolean inEndpoints = key.equals("endpoints");
                if (value.isString()) {
                  each.setValue(
                      StringNode.valueOf(text(each.getKey(), value.asString(), inEndpoints)));
                } else {
                  hide(value, each.getKey());
                }
              });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (key.equals("pins")) {
            array.set(
                i, StringNode.valueOf(replacement(pinReplacements, array.get(i).asString(""))));
          } else {
            hide(array.get(i), key);
          }
        }
      }
      default -> {}
    }
  }

  /**
   * Returns the text to write. The numbers of dialled endpoints are kept, as are the numbers that
   * callers dial.
   */
  private String text(String key, String text, boolean inEndpoints) {
    if (PASSWORDS.contains(key)) {
      return "";
    }
    if (NUMBERS.contains(key) && !inEndpoints) {
      return number(text);
    }
    return NAMES.contains(key) ? name(text) : text;
  }

  private String replacement(Map<String, String> known, String text) {
    lock.lock();
    try {
      return known.computeIfAbsent(text, this::randomLike);
    } finally {
      lock.unlock();
    }
  }

  private String randomLike(String text) {
    StringBuilder replacement = new StringBuilder();
    do {
      replacement.setLength(0);
      text.chars()
          .forEach(c ->
              replacement.append(
                  Character.isDigit(c) ? (char) ('0' + random.nextInt(10)) : (char) c));
    } while (replacement.toString().equals(text) && text.chars().anyMatch(Character::isDigit));
    return replacement.toString();
  }
}
