package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.util.List;

/** The mixer's reply to a request for what an earlier process {@linkplain Mixer#keep kept}. */
public sealed interface KeptReply {

  /**
   * What was kept with one call.
   *
   * @param call the call, which exists
   * @param room the room of the conference
   * @param settings the settings as text
   */
  record Kept(CallId call, RoomId room, String settings) {}

  /**
   * The mixer listed what was kept.
   *
   * @param all what was kept with each call
   */
  record Listed(List<Kept> all) implements KeptReply {

    /** Copies the list. */
    public Listed {
      all = List.copyOf(all);
    }
  }

  /**
   * No reply arrived.
   *
   * @param why the reason for the missing reply, for instance that the link is down
   */
  record NoAnswer(String why) implements KeptReply {}
}
