package dev.callflow.conference;

import dev.callflow.conference.room.Member;
import dev.callflow.conference.room.Note;

/**
 * A member has pressed keys that an application wants to know of.
 *
 * @param data what the document says goes with them; may be empty
 */
record KeysPressed(Member member, String keys, String data) implements Note {

  /** Hides the keys: they may be anything. */
  @Override
  public String toString() {
    return "KeysPressed[member=" + member.call() + "]";
  }
}
