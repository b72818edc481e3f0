package dev.callflow.conference.mixer;

/** The mixer's reply to a request for the state of a room. */
public sealed interface SnapshotReply {

  /**
   * The room exists.
   *
   * @param snapshot the state of the room
   */
  record Shown(MixerSnapshot snapshot) implements SnapshotReply {}

  /** There is no such room. */
  record NoSuchRoom() implements SnapshotReply {}

  /**
   * No reply arrived; the state is unknown.
   *
   * @param why the reason for the missing reply, for instance that the link is down
   */
  record NoAnswer(String why) implements SnapshotReply {}
}
