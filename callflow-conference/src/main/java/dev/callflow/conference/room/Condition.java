package dev.callflow.conference.room;

import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.core.call.CallId;
import java.util.Optional;

/** A state of a room that somebody waits for, as the mixer's events or snapshots show it. */
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
   * It is known why a caller with a seat is about to leave.
   *
   * @param call the caller
   */
  record Departing(CallId call) implements Condition {}

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

  /** How waiting for a condition ends. */
  enum Result {
    /** The room is in that state. */
    MET,
    /** The mixer has reported that it cannot get into that state. */
    FAILED
  }

  /**
   * Finds the condition that proves a command done.
   *
   * @param command the command
   * @return the condition; empty if no event and no snapshot shows the command's effect
   */
  static Optional<Condition> proving(MixerCommand command) {
    return switch (command) {
      case MixerCommand.Mute(CallId member, boolean on) -> Optional.of(new Muted(member, on));
      case MixerCommand.Deaf(CallId member, boolean on) -> Optional.of(new Deaf(member, on));
      case MixerCommand.Kick(CallId member) -> Optional.of(new Out(member));
      case MixerCommand.Energy(CallId member, int level) -> Optional.of(new Energy(member, level));
      case MixerCommand.TalkVolume(CallId member, int level) ->
          Optional.of(new TalkVolume(member, level));
      case MixerCommand.ListenVolume(CallId member, int level) ->
          Optional.of(new ListenVolume(member, level));
      case MixerCommand.Lock(boolean on) -> Optional.of(new Locked(on));
      case MixerCommand.StartRecording start -> Optional.of(new Recording(true));
      case MixerCommand.StopRecording stop -> Optional.of(new Recording(false));
      case MixerCommand.Play play -> Optional.empty();
      case MixerCommand.PlayTo play -> Optional.empty();
      case MixerCommand.StopPlaying stop -> Optional.empty();
      case MixerCommand.Floor floor -> Optional.empty();
      case MixerCommand.Relate relate -> Optional.empty();
      case MixerCommand.SetVariables set -> Optional.empty();
      case MixerCommand.Notify notify -> Optional.empty();
      case MixerCommand.MaxMembers limit -> Optional.empty();
    };
  }
}
