package dev.callflow.conference.action;

import dev.callflow.conference.mixer.MixerCommand;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An action on a conference.
 *
 * <p>A participant is identified by their call id or member id.
 */
public sealed interface ConferenceAction {

  /**
   * An action on a conference as a whole; does nothing if no participant, waiting caller or caller
   * at a prompt is there. While only callers outside are there, the lock, bans, the maximum and
   * variables take effect, and the other actions do nothing.
   */
  sealed interface OfRunning extends ConferenceAction {}

  /**
   * Locks or unlocks the conference for new callers.
   *
   * @param on true to lock it
   */
  record Lock(boolean on) implements OfRunning {}

  /**
   * Plays media to all participants.
   *
   * @param media the id of a media document, or a URL whose host is not a private address
   */
  record Play(String media) implements OfRunning {}

  /** Stops all media that are being played to the whole conference. */
  record StopPlaying() implements OfRunning {}

  /**
   * Starts or stops recording. A conference has at most one recording at a time; the event {@code
   * stop-recording} announces that a recording has finished.
   *
   * @param on true to start, false to stop
   */
  record Record(boolean on) implements OfRunning {}

  /**
   * Sets variables, which last until the conference ends.
   *
   * @param variables the variables; a name consists of 1 to 64 letters, digits and {@code _}, a
   *     value is a single line, and an empty value removes the variable
   * @param tell whether to send the variables to the participants' telephones in a SIP NOTIFY
   */
  record SetVariables(Map<String, String> variables, boolean tell) implements OfRunning {

    /** Copies the variables. */
    public SetVariables {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Dials endpoints. Those that answer are added to the conference.
   *
   * @param request the endpoints and the settings of the calls
   */
  record Dial(DialRequest request) implements ConferenceAction {}

  /**
   * Stops dialling a leg.
   *
   * @param callId the id of the leg
   */
  record CancelDial(String callId) implements ConferenceAction {}

  /** Ends the conference: all participants are removed, and dialling stops. */
  record End() implements ConferenceAction {}

  /**
   * Sets the maximum number of participants until the conference ends; no participant is removed,
   * even if the maximum is already exceeded.
   *
   * @param max the maximum, at least 1; empty for no limit
   */
  record SetMaxParticipants(OptionalInt max) implements OfRunning {}

  /**
   * Bans a caller number until the conference ends. Callers with that number who wait for a
   * moderator are refused; participants stay.
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
   * Mutes or unmutes all participants except moderators. Participants who join later are not
   * affected.
   *
   * @param on true to mute them
   */
  record MuteAll(boolean on) implements OfRunning {}

  /**
   * Deafens or undeafens all participants except moderators. Participants who join later are not
   * affected.
   *
   * @param on true to deafen them
   */
  record DeafAll(boolean on) implements OfRunning {}

  /**
   * Kicks all participants, including moderators. Callers who wait for a moderator are not
   * affected.
   *
   * @param ban whether to ban their numbers too
   */
  record KickAll(boolean ban) implements OfRunning {}

  /** An action on one participant. */
  sealed interface OfParticipant extends ConferenceAction {

    /**
     * Returns the participant.
     *
     * @return their call id or member id
     */
    String participant();
  }

  /**
   * Mutes or unmutes a participant.
   *
   * @param participant the participant
   * @param on true to mute them
   */
  record Mute(String participant, boolean on) implements OfParticipant {}

  /**
   * Deafens or undeafens a participant.
   *
   * @param participant the participant
   * @param on true to deafen them
   */
  record Deaf(String participant, boolean on) implements OfParticipant {}

  /**
   * Kicks a participant, or a caller who waits for a moderator.
   *
   * @param participant the participant, or the call id of the waiting caller
   * @param ban whether to ban their number too
   */
  record Kick(String participant, boolean ban) implements OfParticipant {}

  /**
   * Lets in a caller who waits for a moderator, although no moderator is in the conference and even
   * if it is locked. Like a dialled participant, they need a free seat. The action is done when
   * they have their seat; they may still speak their name before they join.
   *
   * @param participant the call id of the waiting caller
   */
  record Admit(String participant) implements OfParticipant {}

  /**
   * Plays media to one participant.
   *
   * @param participant the participant
   * @param media the media, as in {@link Play}
   */
  record PlayTo(String participant, String media) implements OfParticipant {}

  /**
   * Changes whether one participant hears another, or is heard by them.
   *
   * @param participant the participant
   * @param other the other participant
   * @param relation the new relation
   */
  record Relate(String participant, String other, MixerCommand.Relation relation)
      implements OfParticipant {}

  /**
   * Sets how loud a participant must be to be heard.
   *
   * @param participant the participant
   * @param level the energy level, from 0 to 1800
   */
  record Energy(String participant, int level) implements OfParticipant {}

  /**
   * Sets the volume at which others hear a participant.
   *
   * @param participant the participant
   * @param level the volume level, from -4 to 4
   */
  record TalkVolume(String participant, int level) implements OfParticipant {}

  /**
   * Sets the volume at which a participant hears the others.
   *
   * @param participant the participant
   * @param level the volume level, from -4 to 4
   */
  record ListenVolume(String participant, int level) implements OfParticipant {}

  /**
   * Makes a participant a moderator or a regular participant.
   *
   * @param participant the participant
   * @param moderator true to make them a moderator
   */
  record SetRole(String participant, boolean moderator) implements OfParticipant {}

  /**
   * Moves a participant to another conference of the account. The participant needs a seat there,
   * but no PIN.
   *
   * @param participant the participant
   * @param conference the id of the other conference
   */
  record Move(String participant, String conference) implements OfParticipant {}
}
