package dev.callflow.simulator.contract;

import dev.callflow.simulator.contract.Frame.Line;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which member of the run is which of the recording: a switch counts them from its start, so a
 * switch that has run for a while gives others than the recorded one, which was fresh.
 */
final class MemberIds {

  /** Where a command to a room has the id of a member. */
  private static final Pattern COMMANDED =
      Pattern.compile(
          "(?<=conference \\w{1,20} (?:mute|unmute|tmute|deaf|undeaf|hold|unhold|kick|hup|energy"
              + "|volume_in|volume_out|agc|floor|get-uuid|dtmf|relate|relate \\d{1,9}"
              + "|transfer \\w{1,20}|play \\S{1,99}) )\\d+\\b");

  /** Where an answer has one. */
  private static final Pattern ANSWERED =
      Pattern.compile(
          "^\\d+(?=[;|]loopback/|\\) )"
              + "|(?<=\"id\":\\s{0,4})\\d+|(?<=<id>)\\d+"
              + "|(?<=(?:mute|deaf|hold|hup|kicked|member|member id|held by|Energy|IN|OUT|Agc) )\\d+"
              + "|(?<=sent \\d{1,9} to )\\d+|(?<=Member ')\\d+"
              + "|\\d+(?= ?-> ?\\d)|(?<=\\d ?-> ?)\\d+",
          Pattern.MULTILINE);

  /** A member in a list, whom no event may have told of. */
  private static final Pattern LISTED =
      Pattern.compile("^(\\d+);loopback/([^;]*);[^;]*;([^;]*;[^;]*);");

  private static final Set<String> HEADERS =
      Set.of("Member-ID", "Old-ID", "New-ID", "variable_conference_member_id");

  private final Map<String, String> live = new HashMap<>();
  private final Map<String, String> recorded = new HashMap<>();

  /** Takes it that two events of the same kind are about the same member. */
  void bind(Frame wanted, Frame came) {
    for (String header : new String[] {"Member-ID", "variable_conference_member_id"}) {
      bind(wanted.value(header), came.value(header));
    }
  }

  private void bind(String mine, String theirs) {
    if (!mine.isEmpty() && !theirs.isEmpty()) {
      live.putIfAbsent(mine, theirs);
      recorded.putIfAbsent(theirs, mine);
    }
  }

  /** The same of two lines of lists, if they name the same caller. */
  void bindListed(String wanted, String came) {
    Matcher mine = LISTED.matcher(wanted);
    Matcher theirs = LISTED.matcher(came);
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
