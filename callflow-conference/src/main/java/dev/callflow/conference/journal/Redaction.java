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
 * What stands in a journal in place of what must not. The same number is the same made-up one
 * throughout a journal, and in no other. Safe for use by any thread.
 */
final class Redaction {

  /** Of what operators say: whose number, or name, it is. */
  private static final List<String> NUMBERS = List.of("number", "callerNumber");

  private static final List<String> NAMES = List.of("callerName");

  private static final List<String> PASSWORDS = List.of("password", "pin");

  private final boolean numbers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> madeUp = new HashMap<>();
  private final Map<String, String> madeUpPins = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  Redaction(boolean numbers) {
    this.numbers = numbers;
  }

  String number(String number) {
    return numbers ? madeUp(madeUp, number) : number;
  }

  String name(String name) {
    return numbers ? "" : name;
  }

  /** A conference that a dial makes may have PINs, and a device that it calls a password. */
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
                boolean called = key.equals("endpoints");
                if (value.isString()) {
                  each.setValue(StringNode.valueOf(text(each.getKey(), value.asString(), called)));
                } else {
                  hide(value, each.getKey());
                }
              });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (key.equals("pins")) {
            array.set(i, StringNode.valueOf(madeUp(madeUpPins, array.get(i).asString(""))));
          } else {
            hide(array.get(i), key);
          }
        }
      }
      default -> {}
    }
  }

  /** What an operator calls is found by its number, as what a caller has dialled. */
  private String text(String key, String text, boolean called) {
    if (PASSWORDS.contains(key)) {
      return "";
    }
    if (NUMBERS.contains(key) && !called) {
      return number(text);
    }
    return NAMES.contains(key) ? name(text) : text;
  }

  private String madeUp(Map<String, String> known, String text) {
    lock.lock();
    try {
      return known.computeIfAbsent(text, this::madeUp);
    } finally {
      lock.unlock();
    }
  }

  private String madeUp(String text) {
    StringBuilder made = new StringBuilder();
    do {
      made.setLength(0);
      text.chars()
          .forEach(c ->
              made.append(Character.isDigit(c) ? (char) ('0' + random.nextInt(10)) : (char) c));
    } while (made.toString().equals(text) && text.chars().anyMatch(Character::isDigit));
    return made.toString();
  }
}
