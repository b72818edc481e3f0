package dev.callflow.testkit.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is decided in a journal: about each call, each answer to an operator, each room and each
 * member, in an order of its own. What happens at once in different places has no order.
 */
final class Decisions {

  private static final String NOTHING = "nothing";

  /** What was about to be decided when the journal ended, in milliseconds. */
  private static final long ON_ITS_WAY = 1_000;

  /**
   * What a comparison finds.
   *
   * @param same how many decisions were the same, each call's until its first that differs
   * @param text the first decision that differs, worded; empty if none does
   */
  record Difference(int same, Optional<String> text) {}

  /** One of them, and when, in milliseconds. */
  private record Decision(long at, String what) {}

  private final Map<String, List<Decision>> of = new LinkedHashMap<>();
  private final Set<String> ended = new HashSet<>();

  /** Most decisions are the same as others: each text is kept once. */
  private final Map<String, String> words = new HashMap<>();

  static Decisions of(List<JsonNode> lines) {
    Decisions all = new Decisions();
    lines.forEach(all::add);
    return all;
  }

  void add(JsonNode line) {
    if (line.has("out")) {
      String what = line.path("out").asString("");
      of.computeIfAbsent(who(line), fresh -> new ArrayList<>())
          .add(
              new Decision(line.path("t").asLong(), words.computeIfAbsent(what, itself -> itself)));
    } else if (line.path("in").asString("").equals("ended")) {
      ended.add(who(line));
    }
  }

  private static String who(JsonNode line) {
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
   * Compares with what is decided now.
   *
   * @param now the same calls again
   * @param end when the journal ends, in milliseconds: nobody knows what came later
   */
  Difference compare(Decisions now, long end) {
    long earliest = Long.MAX_VALUE;
    String difference = "";
    int same = 0;
    Set<String> all = new LinkedHashSet<>(of.keySet());
    all.addAll(now.of.keySet());
    for (String who : all) {
      List<Decision> was = of.getOrDefault(who, List.of());
      List<Decision> is = now.of.getOrDefault(who, List.of());
      int at = 0;
      while (at < was.size() && at < is.size() && isSame(what(was, at), what(is, at))) {
        at++;
      }
      same += at;
      long known = ended.contains(who) ? end : end - ON_ITS_WAY;
      if (at < was.size() || at < is.size() && time(is, at) < known) {
        long when = at < was.size() ? time(was, at) : time(is, at);
        if (when < earliest) {
          earliest = when;
          difference =
              "%s, decision %d, %.3f s after the start: it was \"%s\", it is \"%s\" now"
                  .formatted(who, at + 1, when / 1000.0, what(was, at), what(is, at));
        }
      }
    }
    return new Difference(same, Optional.of(difference).filter(text -> !text.isEmpty()));
  }

  /** Where nobody knew what had become of a request, anything may have. */
  private static boolean isSame(String was, String is) {
    return was.equals(is) || was.equals("unknown");
  }

  private static long time(List<Decision> decisions, int at) {
    return decisions.get(at).at();
  }

  private static String what(List<Decision> decisions, int at) {
    return at < decisions.size() ? decisions.get(at).what() : NOTHING;
  }
}
