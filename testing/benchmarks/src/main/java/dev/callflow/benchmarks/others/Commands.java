package dev.callflow.benchmarks.others;

import java.util.List;

/** What the programs that use other clients send to FreeSWITCH, and how they read its replies. */
final class Commands {

  static final String PIN = "1234";
  static final String WELCOME = "conference/conf-welcome.wav";
  static final String CONFERENCE = "board@default";
  static final String LIST = "board list";

  /** Up to ten digits and #, one try, five seconds; the digits are stored in a variable. */
  static final String ASK_FOR_PIN =
      "1 10 1 5000 # conference/conf-enter_conf_pin.wav conference/conf-bad-pin.wav entered \\d+";

  static final String ENTERED = "variable_entered";

  private Commands() {}

  static String muteAll(boolean on) {
    return on ? "board mute all" : "board unmute all";
  }

  /** Reads the lines of {@code conference board list}. */
  static List<Program.Participant> participants(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(";"))
        .map(fields ->
            new Program.Participant(fields[2], fields[4], fields[3], !fields[5].contains("speak")))
        .toList();
  }
}
