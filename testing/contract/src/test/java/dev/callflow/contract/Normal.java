package dev.callflow.contract;

import dev.callflow.contract.Frame.Line;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Normalises frames: removes or masks values that depend on the run rather than on the protocol.
 */
final class Normal {

  /**
   * Headers whose values are specific to one switch: its names, addresses, codecs and source lines.
   */
  private static final Pattern OWN =
      Pattern.compile(
          "Core-UUID|FreeSWITCH-.*|Event-Date-.*|Event-Calling-.*|Event-Sequence"
              + "|Channel-(Read|Write)-Codec-.*|variable_(read|write)_.*|variable_rtp_.*|variable_is_loopback"
              + "|Content-Length");

  private static final Set<String> OWN_EVENTS = Set.of("HEARTBEAT", "RE_SCHEDULE", "PRESENCE_IN");

  private static final Set<String> LENGTHS =
      Set.of(
          "seconds",
          "milliseconds",
          "samples",
          "Current-Energy",
          "variable_session_id",
          "Samples-Out",
          "Milliseconds-Elapsed",
          "Record-File-Size");

  private record Rule(Pattern pattern, String replacement) {

    static Rule of(String pattern, String replacement) {
      return new Rule(Pattern.compile(pattern), replacement);
    }
  }

  private static final List<Rule> OF_ANY_LINE =
      List.of(
          Rule.of("<Content-Length>\\d+", "<Content-Length>N"),
          Rule.of("^UP 0 years[^\n]*", "UP ..."),
          Rule.of("127\\.0\\.0\\.1:\\d+( async( full)?)", "127.0.0.1:PORT$1"),
          Rule.of("FreeSWITCH Version \\d\\S+ \\(.*\\)", "FreeSWITCH Version"),
          Rule.of("\\(Version \\d\\S+ .*64bit\\)", "(Version)"),
          Rule.of("^\\d+\\.\\d+\\.\\d+(-\\w+)?$", "a version"));

  private static final List<Rule> OF_TEXT =
      List.of(
          Rule.of("\"(run_time|join_time|last_talking)\":\\s*\\d+", "\"$1\":\tN"),
          Rule.of("-ERR Member: \\d+ not found", "-ERR Member: N not found"),
          Rule.of("<(join_time|last_talking)>[^<]*<", "<$1>N<"),
          Rule.of("run_time=\"\\d+\"", "run_time=\"N\""));

  private Normal() {}

  /**
   * Events with loose timing. Some come from the mixer, which runs every 20 ms, and so arrive 0 to
   * 40 ms after their cause; the events for the end of a job and for a parked call come from other
   * threads.
   */
  private static final Pattern LOOSE =
      Pattern.compile(
          ".* (conference-destroy|floor-change|play-file-done|stop-recording|start-talking"
              + "|stop-talking|BACKGROUND_JOB|CHANNEL_PARK|CHANNEL_DESTROY)");

  static boolean isLoose(Frame frame) {
    return LOOSE.matcher(frame.kind()).matches();
  }

  /**
   * Returns whether the event belongs to a dialled leg. Each dialled leg has its own thread, so its
   * events may interleave with those of other legs.
   */
  static boolean isOfDialledLeg(Frame frame) {
    return frame.kind().contains(" CHANNEL_") && frame.value("Call-Direction").equals("outbound");
  }

  static boolean isDeparture(Frame frame) {
    return frame.kind().endsWith(" del-member");
  }

  /** Returns whether a frame belongs to the calls of the recording and must be compared. */
  static boolean counts(Frame frame) {
    if (!frame.isEvent()) {
      return true;
    }
    return !OWN_EVENTS.contains(frame.value("Event-Name"))
        && !frame.value("Unique-ID").startsWith("ca11e000-")
        && !frame.body().contains("+OK ca11e000-");
  }

  static boolean isIgnored(String header) {
    return OWN.matcher(header).matches();
  }

  static String value(String header, String value) {
    if (header.endsWith("-Time") && !header.equals("Linger-Time")) {
      return value.equals("0") ? "0" : "a time";
    }
    if (LENGTHS.contains(header) || header.startsWith("talking-")) {
      return "a length";
    }
    return replaced(OF_ANY_LINE, value);
  }

  static String text(Line line) {
    String text = line.name().isEmpty() ? line.value() : line.name() + ": " + line.value();
    return replaced(OF_TEXT, value("", text));
  }

  private static String replaced(List<Rule> rules, String text) {
    String result = text;
    for (Rule rule : rules) {
      result = rule.pattern().matcher(result).replaceAll(rule.replacement());
    }
    return result;
  }
}
