package dev.callflow.conference.mixer;

/** What a mixer answers when it is asked how a room is. */
public sealed interface SnapshotReply {

  /**
   * The room is like this.
   *
   * @param snapshot how it is
   */
  record Shown(MixerSnapshot snapshot) implements SnapshotReply {}

  /** There is no such room. */
  record NoSuchRoom() implements SnapshotReply {}

  /**
   * No answer came: nothing is known.
   *
   * @param why for instance that the link is down
   */
  record NoAnswer(String why) implements SnapshotReply {}
}
