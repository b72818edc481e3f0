package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;

/**
 * A participant whom an operator adds to a room, by dialling them or by moving them from another
 * room. Locks, bans and waiting do not apply to them, but they need a seat.
 *
 * @param call the leg
 * @param number the caller number; may be empty
 * @param moderator whether they will be a moderator
 * @param exempt whether they need no seat
 * @param ghost whether they are not counted
 * @param dialled whether they are being dialled, so that the end of the room cancels the call
 * @param rules the rules of the conference's document
 */
public record Invitation(
    CallId call,
    String number,
    boolean moderator,
    boolean exempt,
    boolean ghost,
    boolean dialled,
    JoinRequest.Rules rules) {

  /** Returns whether they count against the limit. */
  boolean counted() {
    return !exempt && !ghost;
  }
}
