package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import java.util.Map;
import java.util.OptionalInt;

/** A command to a mixer that concerns a running room. Members are identified by their legs. */
public sealed interface MixerCommand {

  /**
   * Mutes or unmutes a member.
   *
   * @param member the member
   * @param on true to mute the member
   */
  record Mute(CallId member, boolean on) implements MixerCommand {}

  /**
   * Deafens or undeafens a member.
   *
   * @param member the member
   * @param on true to deafen the member
   */
  record Deaf(CallId member, boolean on) implements MixerCommand {}

  /**
   * Mutes or unmutes all members who are in the room when the mixer carries out the command, except
   * those whom the mixer knows as moderators.
   *
   * @param on true to mute the members
   */
  record MuteAll(boolean on) implements MixerCommand {}

  /**
   * Deafens or undeafens all members who are in the room when the mixer carries out the command,
   * except those whom the mixer knows as moderators.
   *
   * @param on true to deafen the members
   */
  record DeafAll(boolean on) implements MixerCommand {}

  /**
   * Removes a member from the room. The leg is not hung up.
   *
   * @param member the member
   */
  record Kick(CallId member) implements MixerCommand {}

  /**
   * Locks or unlocks the room.
   *
   * @param on true to lock it
   */
  record Lock(boolean on) implements MixerCommand {}

  /**
   * Plays media to all members.
   *
   * @param media the media
   */
  record Play(Media media) implements MixerCommand {}

  /**
   * Plays media to one member.
   *
   * @param member the member
   * @param media the media
   */
  record PlayTo(CallId member, Media media) implements MixerCommand {}

  /** Stops all media that are being played to the whole room. */
  record StopPlaying() implements MixerCommand {}

  /**
   * Starts recording the room.
   *
   * @param name the name under which the recording is stored: letters, digits, {@code -} and {@code
   *     _}
   */
  record StartRecording(String name) implements MixerCommand {

    /** Omits the name, because it gives access to the recording. */
    @Override
    public String toString() {
      return "StartRecording[]";
    }
  }

  /** Stops every recording of the room. */
  record StopRecording() implements MixerCommand {}

  /**
   * Sets how loud a member must be to be heard.
   *
   * @param member the member
   * @param level 0 to 1800; a higher level suppresses more noise
   */
  record Energy(CallId member, int level) implements MixerCommand {}

  /**
   * Sets the volume at which the others hear a member.
   *
   * @param member the member
   * @param level -4 to 4
   */
  record TalkVolume(CallId member, int level) implements MixerCommand {}

  /**
   * Sets the volume at which a member hears the others.
   *
   * @param member the member
   * @param level -4 to 4
   */
  record ListenVolume(CallId member, int level) implements MixerCommand {}

  /**
   * Gives a member the floor.
   *
   * @param member the member
   */
  record Floor(CallId member) implements MixerCommand {}

  /**
   * Changes whether one member hears another, or is heard by them.
   *
   * @param member the member
   * @param other the other member
   * @param relation the new relation
   */
  record Relate(CallId member, CallId other, Relation relation) implements MixerCommand {}

  /** The relation of one member to another. */
  enum Relation {
    /** The first member does not hear the second. */
    DEAF,
    /** The second member does not hear the first. */
    MUTE,
    /** The members hear each other normally. */
    CLEAR
  }

  /**
   * Sets variables on the room. The mixer adds a prefix to their names.
   *
   * @param variables the variables; names consist of letters, digits and {@code _}, and values are
   *     single lines
   */
  record SetVariables(Map<String, String> variables) implements MixerCommand {

    /** Copies the variables. */
    public SetVariables {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Sends variables to a member's telephone in a SIP NOTIFY.
   *
   * @param member the member
   * @param variables the variables; names consist of letters, digits and {@code _}, and values are
   *     single lines without {@code ;}
   */
  record Notify(CallId member, Map<String, String> variables) implements MixerCommand {

    /** Copies the variables. */
    public Notify {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Sets the mixer's own limit on the number of members.
   *
   * @param max the limit, at least 2; empty for no limit
   */
  record MaxMembers(OptionalInt max) implements MixerCommand {}
}
