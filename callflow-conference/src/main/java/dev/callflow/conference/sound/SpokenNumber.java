package dev.callflow.conference.sound;

import dev.callflow.core.call.Media;
import java.util.ArrayList;
import java.util.List;

/** Composes a spoken number from FreeSWITCH's digit prompts, which exist in every language. */
final class SpokenNumber {

  private static final int FIRST_COMPOSED = 21;

  private SpokenNumber() {}

  /** Returns the prompts that make up a number; empty if the number is not between 1 and 999. */
  static List<Media> of(int number, String language) {
    List<Media> parts = new ArrayList<>();
    if (number < 1 || number > 999) {
      return parts;
    }
    int rest = number;
    if (rest >= 100) {
      parts.add(digits(String.valueOf(rest / 100), language));
      parts.add(digits("hundred", language));
      rest %= 100;
    }
    if (rest >= FIRST_COMPOSED) {
      parts.add(digits(String.valueOf(rest / 10 * 10), language));
      rest %= 10;
    }
    if (rest > 0) {
      parts.add(digits(String.valueOf(rest), language));
    }
    return parts;
  }

  private static Media digits(String word, String language) {
    return new Media.Prompt("digits-" + word, language);
  }
}
