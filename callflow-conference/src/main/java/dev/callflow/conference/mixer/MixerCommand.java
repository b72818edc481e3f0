package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import java.util.Map;
import java.util.OptionalInt;

/** What can be asked of a mixer about a running room; members are named by their legs. */
public sealed interface MixerCommand {

  /**
   * Mutes a member or lets it be heard again.
   *
   * @param member who
   * @param on whether it shall be muted
   */
  record Mute(CallId member, boolean on) implements MixerCommand {}

  /**
   * Deafens a member or lets it hear again.
   *
   * @param member who
   * @param on whether it shall be deaf
   */
  record Deaf(CallId member, boolean on) implements MixerCommand {}

  /**
   * Puts a member out of the room; its leg lives on.
   *
   * @param member who
   */
  record Kick(CallId member) implements MixerCommand {}

  /**
   * Locks or unlocks the room.
   *
   * @param on whether it shall be locked
   */
  record Lock(boolean on) implements MixerCommand {}

  /**
   * Plays something to everybody.
   *
   * @param media what
   */
  record Play(Media media) implements MixerCommand {}

  /**
   * Plays something to one member.
   *
   * @param member who
   * @param media what
   */
  record PlayTo(CallId member, Media media) implements MixerCommand {}

  /** Stops everything that is being played to everybody. */
  record StopPlaying() implements MixerCommand {}

  /**
   * Begins to record the room.
   *
   * @param name the name under which it is kept: letters, digits, {@code -} and {@code _}
   */
  record StartRecording(String name) implements MixerCommand {

    /** Leaves the name out: whoever knows it can hear the recording. */
    @Override
    public String toString() {
      return "StartRecording[]";
    }
  }

  /** Ends every recording of the room. */
  record StopRecording() implements MixerCommand {}

  /**
   * Sets how loud a member must be to be heard.
   *
   * @param member who
   * @param level 0 to 1800; higher keeps out more noise
   */
  record Energy(CallId member, int level) implements MixerCommand {}

  /**
   * Sets how loud a member is heard by the others.
   *
   * @param member who
   * @param level -4 to 4
   */
  record TalkVolume(CallId member, int level) implements MixerCommand {}

  /**
   * Sets how loud a member hears the others.
   *
   * @param member who
   * @param level -4 to 4
   */
  record ListenVolume(CallId member, int level) implements MixerCommand {}

  /**
   * Gives a member the floor.
   *
   * @param member who
   */
  record Floor(CallId member) implements MixerCommand {}

  /**
   * Changes what one member hears of, or says to, another one only.
   *
   * @param member who
   * @param other the other one
   * @param relation what is changed
   */
  record Relate(CallId member, CallId other, Relation relation) implements MixerCommand {}

  /** What one member is to another. */
  enum Relation {
    /** The first cannot hear the second. */
    DEAF,
    /** The first cannot speak to the second. */
    MUTE,
    /** As to everybody. */
    CLEAR
  }

  /**
   * Sets variables on the room; the port prefixes their names.
   *
   * @param variables names of letters, digits and {@code _}, and values of one line
   */
  record SetVariables(Map<String, String> variables) implements MixerCommand {

    /** Copies the variables. */
    public SetVariables {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Tells a member's telephone variables, by a SIP NOTIFY.
   *
   * @param member who
   * @param variables names of letters, digits and {@code _}, and values of one line without {@code
   *     ;}
   */
  record Notify(CallId member, Map<String, String> variables) implements MixerCommand {

    /** Copies the variables. */
    public Notify {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Sets the mixer's own limit of members.
   *
   * @param most at least 2; empty for none
   */
  record MaxMembers(OptionalInt most) implements MixerCommand {}
}
