package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;

/** Something that happened in or to a room and that the mixer does not know of. */
public interface Note {

  /**
   * A member was made a moderator, or is none any more.
   *
   * @param member the member as it is now
   */
  record RoleSet(Member member) implements Note {}

  /**
   * There are more or fewer seats.
   *
   * @param most how many; 0 for no limit
   */
  record LimitSet(int most) implements Note {}

  /**
   * A caller's number was banned, or may come back.
   *
   * @param number the number
   * @param on whether it is banned
   */
  record BanSet(String number, boolean on) implements Note {}

  /** The room's variables were set. */
  record VariablesSet() implements Note {}

  /**
   * A member is on his way to another room of the account.
   *
   * @param call the member
   * @param to the other room
   */
  record Moving(CallId call, RoomId to) implements Note {}
}
