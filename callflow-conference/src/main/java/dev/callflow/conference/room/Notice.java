package dev.callflow.conference.room;

import dev.callflow.conference.action.DialStatus;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.core.call.CallId;
import dev.callflow.core.limit.LimitEvent;
import java.time.Instant;

/** An event of a room that does not come from the mixer. */
public sealed interface Notice {

  /** A notice that is published to subscribers. */
  sealed interface Published extends Notice {}

  /**
   * A member became a moderator or a regular participant.
   *
   * @param member the member after the change
   */
  record RoleSet(Member member) implements Published {}

  /**
   * An operator set the maximum number of participants.
   *
   * @param seats the maximum; 0 for no limit
   */
  record LimitSet(int seats) implements Published {}

  /**
   * A caller number was banned, or its ban was lifted.
   *
   * @param number the number
   * @param on whether the number is banned
   */
  record BanSet(String number, boolean on) implements Published {}

  /**
   * An operator locked or unlocked the conference while the mixer did not have its room.
   *
   * @param on whether the conference is locked
   */
  record LockSet(boolean on) implements Published {}

  /** The room's variables were set. */
  record VariablesSet() implements Published {}

  /**
   * A member is being moved to another room of the account.
   *
   * @param call the member's leg
   * @param to the other room
   */
  record Moving(CallId call, RoomId to) implements Published {}

  /**
   * A caller was refused.
   *
   * @param call the caller's leg
   * @param callerNumber the caller number
   * @param callerName the caller name
   * @param conference the conference that the caller tried to join; empty if unknown
   * @param reason why the caller was refused
   */
  record JoinDenied(
      CallId call,
      String callerNumber,
      String callerName,
      String conference,
      ConferenceOutcome reason)
      implements Published {}

  /**
   * A caller has begun to wait for a moderator.
   *
   * @param caller the caller
   */
  record WaitingBegan(WaitingCaller caller) implements Published {}

  /**
   * A caller no longer waits for a moderator.
   *
   * @param caller the caller
   * @param reason why they no longer wait
   */
  record WaitingEnded(WaitingCaller caller, WaitingEnd reason) implements Published {}

  /**
   * The mixer cannot be reached, or can be reached again.
   *
   * @param since the time since which the state of the room is or was unknown
   * @param known whether the state is known again
   */
  record StateKnown(Instant since, boolean known) implements Published {}

  /** Too many wrong PINs were entered, and further callers are now delayed. */
  record PinAttack() implements Published {}

  /**
   * The account uses much of a limit, or has reached it; this concerns no particular room.
   *
   * @param use the use of the limit
   */
  record LimitUse(LimitEvent use) implements Published {}

  /**
   * A leg has started to ring, or the attempt to dial it has ended.
   *
   * @param leg the leg, as in the result of a dial action; the message is empty while the leg rings
   * @param status how far the attempt has come
   */
  record DialProgress(DialledEndpoint leg, DialStatus status) implements Published {}

  /**
   * A member pressed keys that are bound to an event.
   *
   * @param member the member
   * @param keys the keys
   * @param data the data that the document assigns to the keys; may be empty
   */
  record KeysPressed(Member member, String keys, String data) implements Published {

    /** Omits the keys because they could be part of a secret. */
    @Override
    public String toString() {
      return "KeysPressed[member=" + member.call() + "]";
    }
  }

  /**
   * The minimum time since a member's last published talking event has passed, so the event that
   * was held back can now be published.
   *
   * @param room the room
   * @param call the member's leg
   */
  record TalkingDue(RoomId room, CallId call) implements Notice {}
}
