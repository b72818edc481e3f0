package dev.callflow.conference.event;

import dev.callflow.conference.action.DialStatus;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.limit.LimitEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event that a conference publishes. There is a record for each {@link EventType}, so that a
 * {@code switch} over an event can handle the kinds that it needs, or all of them.
 *
 * <p>Immutable, and safe for use by any thread.
 */
public sealed interface ConferenceEvent {

  /** An event about a participant. */
  sealed interface OfParticipant extends ConferenceEvent {

    /**
     * Returns the participant.
     *
     * @return the participant after the event; for one who has left, their last state
     */
    Member participant();

    /**
     * Returns the variables of the participant's call.
     *
     * @return the variables; none if the call did not come through a callflow
     */
    CallVariables variables();

    @Override
    default Optional<CallId> callId() {
      return Optional.of(participant().call());
    }
  }

  /** An event about a caller who waits for a moderator. */
  sealed interface OfWaitingCaller extends ConferenceEvent {

    /**
     * Returns the caller.
     *
     * @return the caller
     */
    WaitingCaller caller();

    /**
     * Returns the variables of the call.
     *
     * @return the variables
     */
    CallVariables variables();

    @Override
    default Optional<CallId> callId() {
      return Optional.of(caller().call());
    }
  }

  /**
   * The conference began: {@code conference-create}.
   *
   * @param header what all events have
   */
  record Started(EventHeader header) implements ConferenceEvent {}

  /**
   * The conference ended: {@code conference-destroy}.
   *
   * @param header what all events have
   * @param loss why the mixer could not report it; empty if it did
   */
  record Ended(EventHeader header, Optional<MixerLoss> loss) implements ConferenceEvent {}

  /**
   * The conference was locked: {@code lock}.
   *
   * @param header what all events have
   */
  record Locked(EventHeader header) implements ConferenceEvent {}

  /**
   * The conference was unlocked: {@code unlock}.
   *
   * @param header what all events have
   */
  record Unlocked(EventHeader header) implements ConferenceEvent {}

  /**
   * A participant joined: {@code add-member}.
   *
   * @param header what all events have
   * @param participant the participant
   * @param variables the variables of the participant's call
   */
  record MemberJoined(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * A participant left: {@code del-member}.
   *
   * @param header what all events have
   * @param participant the participant's last state
   * @param variables the variables of the participant's call
   * @param how how they left: {@link ConferenceOutcome#LEFT}, {@link ConferenceOutcome#KICKED},
   *     {@link ConferenceOutcome#ENDED} or {@link ConferenceOutcome#MOVED}
   * @param loss why the mixer could not report it; empty if it did
   */
  record MemberLeft(
      EventHeader header,
      Member participant,
      CallVariables variables,
      ConferenceOutcome how,
      Optional<MixerLoss> loss)
      implements OfParticipant {}

  /**
   * A participant began to talk: {@code start-talking}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record TalkingStarted(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * A participant stopped talking: {@code stop-talking}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record TalkingStopped(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * A participant was muted: {@code mute-member}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record MemberMuted(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * A participant was unmuted: {@code unmute-member}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record MemberUnmuted(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * A participant was deafened: {@code deaf-member}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record MemberDeafened(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * A participant was undeafened: {@code undeaf-member}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record MemberUndeafened(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * The energy level above which a participant is heard was set: {@code energy-level-member}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record EnergyLevelSet(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * The volume at which the others hear a participant was set: {@code volume-in-member}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record TalkVolumeSet(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * The volume at which a participant hears the others was set: {@code volume-out-member}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record ListenVolumeSet(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * A participant became a moderator or a regular participant: {@code role}.
   *
   * @param header what all events have
   * @param participant the participant after the change
   * @param variables the variables of the participant's call
   */
  record RoleSet(EventHeader header, Member participant, CallVariables variables)
      implements OfParticipant {}

  /**
   * A participant pressed keys that are bound to an event: {@code dtmf}.
   *
   * @param header what all events have
   * @param participant the participant
   * @param variables the variables of the participant's call
   * @param digits the keys
   * @param data the data that the document assigns to the keys; may be empty
   */
  record KeysPressed(
      EventHeader header, Member participant, CallVariables variables, String digits, String data)
      implements OfParticipant {

    /** Omits the keys because they could be part of a secret. */
    @Override
    public String toString() {
      return "KeysPressed[participant=" + participant.call() + "]";
    }
  }

  /**
   * A participant is being moved to another conference of the account: {@code move}.
   *
   * @param header what all events have
   * @param call the participant's call
   * @param to the other conference
   */
  record MemberMoving(EventHeader header, CallId call, RoomId to) implements ConferenceEvent {
    @Override
    public Optional<CallId> callId() {
      return Optional.of(call);
    }
  }

  /**
   * Media started playing to all participants: {@code play}.
   *
   * @param header what all events have
   * @param media the media, as the mixer names them
   */
  record MediaStarted(EventHeader header, String media) implements ConferenceEvent {}

  /**
   * A recording started, or failed to start: {@code start-recording}.
   *
   * @param header what all events have
   * @param path the path of the file; empty if unknown
   * @param failed whether the file could not be opened
   */
  record RecordingStarted(EventHeader header, String path, boolean failed)
      implements ConferenceEvent {}

  /**
   * A recording ended: {@code stop-recording}.
   *
   * @param header what all events have
   * @param path the path of the file; empty if unknown
   * @param duration the duration; zero if unknown
   * @param bytes the size of the file; 0 if unknown
   */
  record RecordingStopped(EventHeader header, String path, Duration duration, long bytes)
      implements ConferenceEvent {}

  /**
   * A leg that the conference dials has started to ring, or the attempt to dial it has ended:
   * {@code dial}.
   *
   * @param header what all events have
   * @param leg the leg, as in the result of a dial action; the message is empty while the leg rings
   * @param status how far the attempt has come
   */
  record DialProgress(EventHeader header, DialledEndpoint leg, DialStatus status)
      implements ConferenceEvent {
    @Override
    public Optional<CallId> callId() {
      return leg.callId().isEmpty() ? Optional.empty() : Optional.of(new CallId(leg.callId()));
    }
  }

  /**
   * An operator set the maximum number of participants: {@code limit}.
   *
   * @param header what all events have
   * @param maxParticipants the maximum; 0 for no limit
   */
  record MaxParticipantsSet(EventHeader header, int maxParticipants) implements ConferenceEvent {}

  /**
   * A caller number was banned: {@code ban}.
   *
   * @param header what all events have
   * @param callerNumber the number
   */
  record NumberBanned(EventHeader header, String callerNumber) implements ConferenceEvent {}

  /**
   * The ban of a caller number was lifted: {@code unban}.
   *
   * @param header what all events have
   * @param callerNumber the number
   */
  record NumberUnbanned(EventHeader header, String callerNumber) implements ConferenceEvent {}

  /**
   * An operator set variables of the conference: {@code vars}.
   *
   * @param header what all events have
   */
  record VariablesSet(EventHeader header) implements ConferenceEvent {}

  /**
   * A caller began to wait for a moderator: {@code start-waiting}.
   *
   * @param header what all events have
   * @param caller the caller
   * @param variables the variables of the call
   */
  record WaitingStarted(EventHeader header, WaitingCaller caller, CallVariables variables)
      implements OfWaitingCaller {}

  /**
   * A caller no longer waits for a moderator: {@code stop-waiting}.
   *
   * @param header what all events have
   * @param caller the caller
   * @param variables the variables of the call
   * @param reason why the caller no longer waits
   */
  record WaitingEnded(
      EventHeader header, WaitingCaller caller, CallVariables variables, WaitingEnd reason)
      implements OfWaitingCaller {}

  /**
   * A caller was refused: {@code conference-denied}.
   *
   * @param header what all events have
   * @param call the call
   * @param callerNumber the caller number; may be empty
   * @param callerName the caller name; may be empty
   * @param conference the conference that the caller tried to join; empty if they have not named
   *     one
   * @param reason why the caller was refused
   */
  record CallerRefused(
      EventHeader header,
      CallId call,
      String callerNumber,
      String callerName,
      String conference,
      ConferenceOutcome reason)
      implements ConferenceEvent {
    @Override
    public Optional<CallId> callId() {
      return Optional.of(call);
    }
  }

  /**
   * Too many wrong PINs were entered, so that callers now wait their turn: {@code
   * conference-pin-attack}.
   *
   * @param header what all events have
   */
  record PinAttack(EventHeader header) implements ConferenceEvent {}

  /**
   * The mixer cannot be reached, or can be reached again: {@code conference-state}.
   *
   * @param header what all events have
   * @param known whether the state of the conference is known again
   * @param unknownSince since when the state is or was unknown
   */
  record StateChanged(EventHeader header, boolean known, Instant unknownSince)
      implements ConferenceEvent {}

  /**
   * The conference missed a change in the mixer, which a comparison has found: {@code
   * conference-repaired}.
   *
   * @param header what all events have
   * @param cause the kind of event that was missed
   * @param missed the event that was missed, with the same header; empty if it is not published on
   *     its own, such as a change of the floor
   */
  record Repaired(EventHeader header, RepairCause cause, Optional<ConferenceEvent> missed)
      implements ConferenceEvent {
    @Override
    public Optional<CallId> callId() {
      return missed.flatMap(ConferenceEvent::callId);
    }
  }

  /**
   * The account uses at least 80 % of a limit, or has reached it: {@code account-limit}. The event
   * belongs to no conference.
   *
   * @param header what all events have
   * @param use the use of the limit
   */
  record AccountLimitUsed(EventHeader header, LimitEvent use) implements ConferenceEvent {

    /** Returns an empty text, because the event belongs to no conference. */
    @Override
    public String conference() {
      return "";
    }
  }

  /**
   * Returns what all events have.
   *
   * @return the header
   */
  EventHeader header();

  /**
   * Returns the conference under whose name subscribers receive the event.
   *
   * @return the account and the id
   */
  default RoomId room() {
    return header().room();
  }

  /**
   * Returns the account.
   *
   * @return the account
   */
  default AccountId account() {
    return room().account();
  }

  /**
   * Returns the id of the conference.
   *
   * @return the id; empty for {@link AccountLimitUsed}, and for {@link CallerRefused} if the caller
   *     has not named a conference
   */
  default String conference() {
    return room().conference();
  }

  /**
   * Returns the mixer's id of this run of the room.
   *
   * @return the id; empty if the mixer does not have the room
   */
  default String instance() {
    return header().instance();
  }

  /**
   * Returns the call that the event is about.
   *
   * @return the id of the call; empty if the event is about the conference or the account
   */
  default Optional<CallId> callId() {
    return Optional.empty();
  }

  /**
   * Returns the version of the conference after this event.
   *
   * @return the version; see {@link EventHeader}
   */
  default long version() {
    return header().version();
  }

  /**
   * Returns the number of the event among the published events of the conference. A gap shows that
   * a subscriber was too slow.
   *
   * @return the sequence number; see {@link EventHeader}
   */
  default long sequence() {
    return header().sequence();
  }

  /**
   * Returns when the event was published.
   *
   * @return the time
   */
  default Instant time() {
    return header().time();
  }

  /**
   * Returns the type of the event.
   *
   * @return the type
   */
  default EventType type() {
    return EventType.of(this);
  }

  /**
   * Returns the name under which the event is published: the property {@code event} of its JSON.
   *
   * @return the name, for instance {@code add-member}
   */
  default String name() {
    return type().key();
  }

  /**
   * Returns the event as the API publishes it (docs/spec/events.md#payload). Each call creates a
   * new object, which the caller may change.
   *
   * @return the JSON
   */
  default ObjectNode json() {
    return EventJson.of(this);
  }
}
