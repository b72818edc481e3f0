package dev.callflow.conference.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides of the keys of one call what may be written. A secret that the caller presses once more
 * where nobody asks for it, such as a PIN in the room, is not written there either. Used by the
 * call's thread.
 */
final class SecretKeys {

  /** Shorter ones could be anything, such as a key in a menu. */
  private static final int SHORTEST = 3;

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
      Character real = pressed.pollFirst();
      if (key == '?' && real != null) {
        secret.append(real.charValue());
      }
    }
    if (secret.length() >= SHORTEST) {
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

  /** No more keys come that would make a secret of the last ones. */
  void end() {
    if (!doubtful.isEmpty()) {
      String rest = doubtful.toString();
      doubtful.setLength(0);
      out.accept(rest);
    }
  }
}
