package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.core.call.CallId;
import java.util.Optional;
import java.util.Set;

/**
 * A state of a room that a thread can wait for. The mixer's events or snapshots show when the room
 * has reached it.
 */
public sealed interface Condition {

  /**
   * A member is muted or unmuted.
   *
   * @param call the member's leg
   * @param on whether the member is muted
   */
  record Muted(CallId call, boolean on) implements Condition {}

  /**
   * A member is deafened or undeafened.
   *
   * @param call the member's leg
   * @param on whether the member is deaf
   */
  record Deaf(CallId call, boolean on) implements Condition {}

  /**
   * Each of some members has a flag or has left.
   *
   * @param calls the members' legs
   * @param flag the flag
   * @param on whether the flag is set
   */
  record All(Set<CallId> calls, Member.Flag flag, boolean on) implements Condition {

    /** Copies the legs. */
    public All {
      calls = Set.copyOf(calls);
    }
  }

  /**
   * A member is in the room.
   *
   * @param call the member's leg
   */
  record In(CallId call) implements Condition {}

  /**
   * A member is not in the room.
   *
   * @param call the member's leg
   */
  record Out(CallId call) implements Condition {}

  /**
   * It is known why a caller with a seat is leaving.
   *
   * @param call the caller's leg
   */
  record Departing(CallId call) implements Condition {}

  /**
   * A member has a given energy level.
   *
   * @param call the member's leg
   * @param level the level
   */
  record Energy(CallId call, int level) implements Condition {}

  /**
   * A member has a given talk volume.
   *
   * @param call the member's leg
   * @param level the volume
   */
  record TalkVolume(CallId call, int level) implements Condition {}

  /**
   * A member has a given listen volume.
   *
   * @param call the member's leg
   * @param level the volume
   */
  record ListenVolume(CallId call, int level) implements Condition {}

  /**
   * The room is locked or unlocked.
   *
   * @param on whether the room is locked
   */
  record Locked(boolean on) implements Condition {}

  /**
   * The room is or is not being recorded.
   *
   * @param on whether the room is being recorded
   */
  record Recording(boolean on) implements Condition {}

  /** The room has ended. */
  record Ended() implements Condition {}

  /** The result of waiting for a condition. */
  enum Result {
    /** The condition is met. */
    MET,
    /** The mixer reported that the condition cannot be met. */
    FAILED
  }

  /**
   * Returns the condition that confirms a command.
   *
   * @param command the command
   * @return the condition; empty if neither events nor snapshots show the effect of the command
   */
  static Optional<Condition> confirming(MixerCommand command) {
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
      // The order names the members whom the command must change; see Orders.
      case MixerCommand.MuteAll mute -> Optional.empty();
      case MixerCommand.DeafAll deaf -> Optional.empty();
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
