package dev.callflow.contract;

import dev.callflow.contract.Frame.Line;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps the member IDs of this run to those of the recording. A switch numbers members from its
 * start, so a switch that has been running for a while assigns other IDs than the recorded switch,
 * which had just been started.
 */
final class MemberIds {

  /** Matches member IDs in conference commands. */
  private static final Pattern COMMANDED =
      Pattern.compile(
          "(?<=conference \\w{1,20} (?:mute|unmute|tmute|deaf|undeaf|hold|unhold|kick|hup|energy"
              + "|volume_in|volume_out|agc|floor|get-uuid|dtmf|relate|relate \\d{1,9}"
              + "|transfer \\w{1,20}|play \\S{1,99}) )\\d+\\b");

  /** Matches member IDs in answers. */
  private static final Pattern ANSWERED =
      Pattern.compile(
          "^\\d+(?=[;|]loopback/|\\) )"
              + "|(?<=\"id\":\\s{0,4})\\d+|(?<=<id>)\\d+|(?<=(?:mute|deaf|hold|hup|kicked|member|member"
              + " id|held by|Energy|IN|OUT|Agc) )\\d+|(?<=sent \\d{1,9} to )\\d+|(?<=Member"
              + " ')\\d+|\\d+(?= ?-> ?\\d)|(?<=\\d ?-> ?)\\d+",
          Pattern.MULTILINE);

  /** Matches a line of a member list, which may show a member that has not been in any event. */
  private static final Pattern LISTED =
      Pattern.compile("^(\\d+);loopback/([^;]*);[^;]*;([^;]*;[^;]*);");

  private static final Set<String> HEADERS =
      Set.of("Member-ID", "Old-ID", "New-ID", "variable_conference_member_id");

  private final Map<String, String> live = new HashMap<>();
  private final Map<String, String> recorded = new HashMap<>();

  /** Pairs the member IDs of two events of the same kind. */
  void bind(Frame expected, Frame actual) {
    for (String header : new String[] {"Member-ID", "variable_conference_member_id"}) {
      bind(expected.value(header), actual.value(header));
    }
  }

  private void bind(String mine, String theirs) {
    if (!mine.isEmpty() && !theirs.isEmpty()) {
      live.putIfAbsent(mine, theirs);
      recorded.putIfAbsent(theirs, mine);
    }
  }

  /** Pairs the member IDs in two lines of member lists if both lines show the same caller. */
  void bindListed(String expected, String actual) {
    Matcher mine = LISTED.matcher(expected);
    Matcher theirs = LISTED.matcher(actual);
    if (mine.find()
        && theirs.find()
        && mine.group(2).equals(theirs.group(2))
        && mine.group(3).equals(theirs.group(3))) {
      bind(mine.group(1), theirs.group(1));
    }
  }

  String live(String command) {
    return COMMANDED
        .matcher(command)
        .replaceAll(match -> live.getOrDefault(match.group(), match.group()));
  }

  String asRecorded(Line line) {
    return HEADERS.contains(line.name())
        ? recorded.getOrDefault(line.value(), line.value())
        : ANSWERED
            .matcher(line.value())
            .replaceAll(match -> recorded.getOrDefault(match.group(), match.group()));
  }
}
