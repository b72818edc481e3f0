package dev.callflow.conference.room;

import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.CallId;

/** Something that happened in or to a room and that the mixer does not know of. */
public sealed interface Notice {

  /** A notice that is published as an event. */
  sealed interface Published extends Notice {}

  /**
   * A member became a moderator, or is one no longer.
   *
   * @param member the member as it is now
   */
  record RoleSet(Member member) implements Published {}

  /**
   * An operator set the number of seats.
   *
   * @param seats how many; 0 for no limit
   */
  record LimitSet(int seats) implements Published {}

  /**
   * A caller's number was banned, or its ban was lifted.
   *
   * @param number the number
   * @param on whether it is banned
   */
  record BanSet(String number, boolean on) implements Published {}

  /** The room's variables were set. */
  record VariablesSet() implements Published {}

  /**
   * A member is on the way to another room of the account.
   *
   * @param call the member
   * @param to the other room
   */
  record Moving(CallId call, RoomId to) implements Published {}

  /**
   * A caller was refused.
   *
   * @param call the caller
   * @param callerNumber the caller's number
   * @param callerName the caller's name
   * @param conference the conference that the caller wanted; empty if that is not known
   * @param reason why the caller was refused
   */
  record JoinDenied(
      CallId call,
      String callerNumber,
      String callerName,
      String conference,
      ConferenceOutcome reason)
      implements Published {}

  /** Too many wrong PINs were entered, and newcomers are now delayed. */
  record PinAttack() implements Published {}

  /**
   * A leg is being dialled, or its dialling has ended.
   *
   * @param leg the leg, as answers show it; while it rings its message is empty
   * @param status {@code ringing}, {@code success} or {@code error}
   */
  record DialProgress(DialledEndpoint leg, String status) implements Published {}

  /**
   * A member pressed keys that are bound to an event.
   *
   * @param member the member
   * @param keys the keys
   * @param data the text that the document binds to them; may be empty
   */
  record KeysPressed(Member member, String keys, String data) implements Published {

    /** Hides the keys: they may be anything. */
    @Override
    public String toString() {
      return "KeysPressed[member=" + member.call() + "]";
    }
  }

  /**
   * A member's talking interval is over, and an event that was held back is due.
   *
   * @param room the room
   * @param call the member
   */
  record TalkingDue(RoomId room, CallId call) implements Notice {}
}
