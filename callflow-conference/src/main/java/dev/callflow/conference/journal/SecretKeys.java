package dev.callflow.conference.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides which keys of a call may be written. The keys of a secret, such as a PIN, are not written
 * even if the caller presses them again later, when no secret is requested, for instance in the
 * room. Used by the call's thread.
 */
final class SecretKeys {

  /**
   * The minimum length of a sequence that is remembered as a secret. Shorter sequences are too
   * common, for instance as keys in a menu.
   */
  private static final int MIN_LENGTH = 3;

  private final Deque<Character> pressed = new ArrayDeque<>();
  private final Set<String> secrets = new HashSet<>();
  private final StringBuilder doubtful = new StringBuilder();
  private final Consumer<String> out;

  SecretKeys(Consumer<String> out) {
    this.out = out;
  }

  void pressed(char key) {
    pressed.addLast(key);
  }

  void keysConsumed(String keys) {
    StringBuilder secret = new StringBuilder();
    for (char key : keys.toCharArray()) {
      Character actual = pressed.pollFirst();
      if (key == '?' && actual != null) {
        secret.append(actual.charValue());
      }
    }
    if (secret.length() >= MIN_LENGTH) {
      secrets.add(secret.toString());
    }
    if (keys.contains("?") || secrets.isEmpty()) {
      end();
      out.accept(keys);
    } else {
      doubtful.append(keys);
      decide();
    }
  }

  private void decide() {
    while (!doubtful.isEmpty()) {
      String text = doubtful.toString();
      if (secrets.contains(text)) {
        doubtful.setLength(0);
        out.accept("?".repeat(text.length()));
      } else if (secrets.stream().anyMatch(secret -> secret.startsWith(text))) {
        return;
      } else {
        String first = text.substring(0, 1);
        doubtful.deleteCharAt(0);
        out.accept(first);
      }
    }
  }

  /**
   * Writes the keys that might have been the beginning of a secret. Must be called when no more
   * keys can complete it.
   */
  void end() {
    if (!doubtful.isEmpty()) {
      String rest = doubtful.toString();
      doubtful.setLength(0);
      out.accept(rest);
    }
  }
}
