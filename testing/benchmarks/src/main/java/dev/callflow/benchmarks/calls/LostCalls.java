package dev.callflow.benchmarks.calls;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The calls of a round that the application ended before they were in the conference, and what it
 * did with them. Safe for use by any thread.
 */
final class LostCalls {

  private static final int MAX_KINDS = 20;

  private final Map<String, Integer> lost = new ConcurrentHashMap<>();

  /**
   * Counts a call.
   *
   * @param how what the application did, for instance {@code hung up with CALL_REJECTED}
   */
  void add(String how) {
    lost.merge(lost.size() < MAX_KINDS ? how : "others", 1, Integer::sum);
  }

  /**
   * Checks that there are none.
   *
   * @throws IllegalStateException if calls have been lost; the message says what the application
   *     did with them
   */
  void check(int total) {
    if (!lost.isEmpty()) {
      int count = lost.values().stream().mapToInt(Integer::intValue).sum();
      throw new IllegalStateException(
          "%d of %d calls did not enter the conference. The application %s."
              .formatted(count, total, describe(lost)));
    }
  }

  /** Describes kinds of calls and their numbers. */
  static String describe(Map<String, Integer> kinds) {
    return new TreeMap<>(kinds)
        .entrySet().stream()
            .map(kind -> kind.getKey() + ": " + kind.getValue())
            .collect(Collectors.joining("; "));
  }
}
