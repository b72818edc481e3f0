package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;

/** The names by which the simulated switch knows media and rooms. */
final class SwitchNames {

  private SwitchNames() {}

  /** What the model knows a medium by: its name, but for recordings, which it makes itself. */
  static String file(Media media) {
    return switch (media) {
      case Media.Recording(String name) -> recording(name);
      case Media.Sequence(var parts) ->
          String.join("!", parts.stream().map(SwitchNames::file).toList());
      case Media.Prompt other -> other.name();
      case Media.Stored other -> other.name();
      case Media.Stream other -> other.name();
      case Media.HoldMusic other -> other.name();
    };
  }

  /** Where a recording lies, of a caller or of a room. */
  static String recording(String name) {
    return "/recordings/" + name + ".wav";
  }

  /** An account id holds no line feed in practice, and a conference's id may follow one. */
  static String of(RoomId room) {
    return room.account() + "\n" + room.conference();
  }

  static RoomId room(String name) {
    int end = name.indexOf('\n');
    return new RoomId(new AccountId(name.substring(0, end)), name.substring(end + 1));
  }
}
