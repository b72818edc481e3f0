package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;

/** A state that somebody waits for a room to be in, as the mixer's events or snapshots show it. */
public sealed interface Condition {

  /**
   * A member is muted, or not.
   *
   * @param call the member
   * @param on whether it is muted
   */
  record Muted(CallId call, boolean on) implements Condition {}

  /**
   * A member is deaf, or not.
   *
   * @param call the member
   * @param on whether it is deaf
   */
  record Deaf(CallId call, boolean on) implements Condition {}

  /**
   * A member is in.
   *
   * @param call the member
   */
  record In(CallId call) implements Condition {}

  /**
   * A member is not in any more.
   *
   * @param call the member
   */
  record Out(CallId call) implements Condition {}

  /**
   * A member has this energy level.
   *
   * @param call the member
   * @param level the level
   */
  record Energy(CallId call, int level) implements Condition {}

  /**
   * A member is heard this loud.
   *
   * @param call the member
   * @param level the volume
   */
  record TalkVolume(CallId call, int level) implements Condition {}

  /**
   * A member hears this loud.
   *
   * @param call the member
   * @param level the volume
   */
  record ListenVolume(CallId call, int level) implements Condition {}

  /**
   * The room is locked, or not.
   *
   * @param on whether it is locked
   */
  record Locked(boolean on) implements Condition {}

  /**
   * The room is being recorded, or not.
   *
   * @param on whether it is recorded
   */
  record Recording(boolean on) implements Condition {}

  /** The room has ended. */
  record Ended() implements Condition {}

  /** How waiting has ended. */
  enum Sign {
    /** The room is in that state. */
    SEEN,
    /** The mixer has told that it could not be done. */
    FAILED
  }
}
