package dev.callflow.core.advice;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that an unknown one probably stands for. */
public final class Nearest {

  /** Nobody misspells a longer name; comparing it would only take time. */
  private static final int MAX_LENGTH = 64;

  private Nearest() {}

  /**
   * Returns the known name that is most similar to a word. Upper and lower case, hyphens and
   * underscores make no difference; otherwise a short word may differ by one letter and a long one
   * by three. Two neighbouring letters in the wrong order count as one.
   *
   * @param word the unknown word
   * @param known the known names
   * @return the most similar name, of several the first in alphabetical order; empty if none is
   *     similar
   */
  public static Optional<String> to(String word, Collection<String> known) {
    String plain = plain(word);
    if (plain.isEmpty() || plain.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int most = plain.length() <= 4 ? 1 : plain.length() <= 8 ? 2 : 3;
    record Candidate(String name, int distance) {}
    return known.stream()
        .filter(name -> Math.abs(plain(name).length() - plain.length()) <= most)
        .map(name -> new Candidate(name, distance(plain, plain(name))))
        .filter(candidate -> candidate.distance() <= most)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /**
   * Returns a sentence that suggests the most similar name, for the end of a message.
   *
   * @param word the unknown word
   * @param known the known names
   * @return {@code ; did you mean "name"?}, or an empty string if no name is similar
   */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
  }

  static String plain(String word) {
    return word.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Returns the number of letters to insert, delete, replace or exchange with their neighbour. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int changed = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(changed, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
