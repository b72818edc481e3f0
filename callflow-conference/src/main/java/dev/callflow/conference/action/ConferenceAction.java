package dev.callflow.conference.action;

import dev.callflow.conference.mixer.MixerCommand;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An action on a conference (spec 6.3 to 6.6, and more).
 *
 * <p>A participant is named by call id or by the number that the mixer has given them.
 */
public sealed interface ConferenceAction {

  /** An action on a running conference as a whole; if it does not run, there is nothing to do. */
  sealed interface OfRunning extends ConferenceAction {}

  /**
   * Locks the conference for new callers, or opens it.
   *
   * @param on whether to lock it
   */
  record Lock(boolean on) implements OfRunning {}

  /**
   * Plays something to everybody.
   *
   * @param media a media document's id, or a URL that is not of a private address
   */
  record Play(String media) implements OfRunning {}

  /** Stops what is being played to everybody. */
  record StopPlaying() implements OfRunning {}

  /**
   * Begins or ends the recording; there is at most one. What is finished is announced by the event
   * {@code stop-recording}.
   *
   * @param on whether to record it
   */
  record Record(boolean on) implements OfRunning {}

  /**
   * Sets variables, as long as the conference runs.
   *
   * @param variables names of 1 to 64 letters, digits and {@code _}, values of one line; an empty
   *     value unsets
   * @param tell whether the participants' telephones are notified by a SIP NOTIFY
   */
  record SetVariables(Map<String, String> variables, boolean tell) implements OfRunning {

    /** Copies the variables. */
    public SetVariables {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Calls people and puts those who answer into the conference.
   *
   * @param request whom, and how
   */
  record Dial(DialRequest request) implements ConferenceAction {}

  /**
   * Stops calling somebody.
   *
   * @param callId the leg that is being dialled
   */
  record CancelDial(String callId) implements ConferenceAction {}

  /** Ends the conference: everybody leaves, and dialling stops. */
  record End() implements ConferenceAction {}

  /**
   * Sets how many may be in, as long as the conference runs; everybody who is in stays.
   *
   * @param most at least 1; empty for no limit
   */
  record SetMaxParticipants(OptionalInt most) implements OfRunning {}

  /**
   * Bans a caller number as long as the conference runs.
   *
   * @param number the number
   */
  record Ban(String number) implements OfRunning {}

  /**
   * Lifts a ban.
   *
   * @param number the number
   */
  record Unban(String number) implements OfRunning {}

  /**
   * Mutes everybody but moderators, or unmutes them. Participants who join later are not affected.
   *
   * @param on whether to mute them
   */
  record MuteAll(boolean on) implements OfRunning {}

  /**
   * Deafens everybody but moderators, or undeafens them.
   *
   * @param on whether to deafen them
   */
  record DeafAll(boolean on) implements OfRunning {}

  /**
   * Puts everybody out, moderators too.
   *
   * @param ban whether they are banned as well
   */
  record KickAll(boolean ban) implements OfRunning {}

  /** An action on one participant. */
  sealed interface OfParticipant extends ConferenceAction {

    /**
     * Returns the participant.
     *
     * @return a call id or number
     */
    String participant();
  }

  /**
   * Mutes a participant, or unmutes them.
   *
   * @param participant who
   * @param on whether to mute them
   */
  record Mute(String participant, boolean on) implements OfParticipant {}

  /**
   * Deafens a participant, or undeafens them.
   *
   * @param participant who
   * @param on whether to deafen them
   */
  record Deaf(String participant, boolean on) implements OfParticipant {}

  /**
   * Puts a participant out.
   *
   * @param participant who
   * @param ban whether their number is banned as well
   */
  record Kick(String participant, boolean ban) implements OfParticipant {}

  /**
   * Plays something to one participant.
   *
   * @param participant who
   * @param media as of {@link Play}
   */
  record PlayTo(String participant, String media) implements OfParticipant {}

  /**
   * Changes what a participant hears of, or says to, another one only.
   *
   * @param participant who
   * @param other the other one
   * @param relation what is changed
   */
  record Relate(String participant, String other, MixerCommand.Relation relation)
      implements OfParticipant {}

  /**
   * Sets how loud a participant must be to be heard.
   *
   * @param participant who
   * @param level 0 to 1800
   */
  record Energy(String participant, int level) implements OfParticipant {}

  /**
   * Sets how loud a participant is heard.
   *
   * @param participant who
   * @param level -4 to 4
   */
  record TalkVolume(String participant, int level) implements OfParticipant {}

  /**
   * Sets how loud a participant hears.
   *
   * @param participant who
   * @param level -4 to 4
   */
  record ListenVolume(String participant, int level) implements OfParticipant {}

  /**
   * Makes a participant a moderator, or an ordinary member.
   *
   * @param participant who
   * @param moderator whether they are one from now on
   */
  record SetRole(String participant, boolean moderator) implements OfParticipant {}

  /**
   * Moves a participant to another conference of the account; they need a seat there, and no PIN.
   *
   * @param participant who
   * @param conference the other conference's id
   */
  record Move(String participant, String conference) implements OfParticipant {}
}
