package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;

/** The names by which the simulated switch knows media and rooms. */
final class SwitchNames {

  private SwitchNames() {}

  /**
   * Returns the file argument for a media item: for a recording, its path; for a sequence, its
   * parts, separated by {@code !}; otherwise, its name.
   */
  static String file(Media media) {
    return switch (media) {
      case Media.Recording(String name) -> recording(name);
      case Media.Sequence(var parts) ->
          String.join("!", parts.stream().map(SwitchNames::file).toList());
      case Media.Prompt other -> other.name();
      case Media.Stored other -> other.name();
      case Media.Uploaded other -> other.name();
      case Media.Stream other -> other.name();
      case Media.HoldMusic other -> other.name();
    };
  }

  /** Returns the path of a recording of a caller or a room. */
  static String recording(String name) {
    return "/recordings/" + name + ".wav";
  }

  /**
   * Returns the room's name on the switch. A line feed separates the account from the conference;
   * {@link #room} splits the name at the first one, since account ids contain no line feeds in
   * practice.
   */
  static String of(RoomId room) {
    return room.account() + "\n" + room.conference();
  }

  static RoomId room(String name) {
    int end = name.indexOf('\n');
    return new RoomId(new AccountId(name.substring(0, end)), name.substring(end + 1));
  }
}
