package dev.callflow.testkit.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The decisions in a journal. Each call, each operator request, each room and each member has its
 * own sequence; decisions in different sequences are not ordered relative to each other.
 */
final class Decisions {

  private static final String NOTHING = "nothing";

  /**
   * The length of the last part of a journal, in milliseconds. In this part, decisions that only
   * the replay makes are ignored, because the journal may have ended before they were written.
   */
  private static final long MAY_BE_UNWRITTEN = 1_000;

  /**
   * The result of a comparison.
   *
   * @param same the number of equal decisions, counting each sequence up to its first difference
   * @param text a description of the earliest decision that differs; empty if there is none
   */
  record Difference(int same, Optional<String> text) {}

  /** One decision and its time in milliseconds. */
  private record Decision(long at, String text) {}

  private final Map<String, List<Decision>> of = new LinkedHashMap<>();
  private final Set<String> ended = new HashSet<>();

  /** Decision texts repeat often, so each distinct text is kept once. */
  private final Map<String, String> words = new HashMap<>();

  static Decisions of(List<JsonNode> lines) {
    Decisions all = new Decisions();
    lines.forEach(all::add);
    return all;
  }

  void add(JsonNode line) {
    if (line.has("out")) {
      String text = line.path("out").asString("");
      of.computeIfAbsent(subject(line), fresh -> new ArrayList<>())
          .add(new Decision(line.path("t").asLong(), words.computeIfAbsent(text, same -> same)));
    } else if (line.path("in").asString("").equals("ended")) {
      ended.add(subject(line));
    }
  }

  private static String subject(JsonNode line) {
    if (line.has("operator")) {
      return "operator's request " + line.path("operator").asString();
    }
    if (line.has("call")) {
      return "call " + line.path("call").asString();
    }
    String about = line.path("about").asString("");
    String room = "conference " + line.path("room").asString();
    return about.isEmpty() ? room : "call " + about + " in " + room;
  }

  /**
   * Compares these decisions with those of a replay.
   *
   * @param now the decisions of the replay
   * @param end the time at which the journal ends, in milliseconds; later decisions are unknown
   */
  Difference compare(Decisions now, long end) {
    long earliest = Long.MAX_VALUE;
    String difference = "";
    int same = 0;
    Set<String> all = new LinkedHashSet<>(of.keySet());
    all.addAll(now.of.keySet());
    for (String subject : all) {
      List<Decision> was = of.getOrDefault(subject, List.of());
      List<Decision> is = now.of.getOrDefault(subject, List.of());
      int at = 0;
      while (at < was.size() && at < is.size() && isSame(text(was, at), text(is, at))) {
        at++;
      }
      same += at;
      long known = ended.contains(subject) ? end : end - MAY_BE_UNWRITTEN;
      if (at < was.size() || at < is.size() && time(is, at) < known) {
        long when = at < was.size() ? time(was, at) : time(is, at);
        if (when < earliest) {
          earliest = when;
          difference =
              String.format(
                  Locale.ROOT,
                  "%s, decision %d, %.3f s after the start: was \"%s\", is now \"%s\"",
                  subject,
                  at + 1,
                  when / 1000.0,
                  text(was, at),
                  text(is, at));
        }
      }
    }
    return new Difference(same, Optional.of(difference).filter(text -> !text.isEmpty()));
  }

  /** If an outcome is unknown in the journal, every decision counts as equal. */
  private static boolean isSame(String was, String is) {
    return was.equals(is) || was.equals("unknown");
  }

  private static long time(List<Decision> decisions, int at) {
    return decisions.get(at).at();
  }

  private static String text(List<Decision> decisions, int at) {
    return at < decisions.size() ? decisions.get(at).text() : NOTHING;
  }
}
