package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;

/**
 * Somebody whom an operator wants in: dialled, or moved from another room. They pass lock and ban
 * and do not wait; but without a seat they do not get in.
 *
 * @param call the leg
 * @param number the caller's number; may be empty
 * @param moderator whether they will be a moderator
 * @param exempt whether they use no seat
 * @param ghost whether they are not counted
 * @param dialled whether they are being dialled, so that the room's end stops that
 * @param rules what the conference's document says about the room
 */
public record Invitation(
    CallId call,
    String number,
    boolean moderator,
    boolean exempt,
    boolean ghost,
    boolean dialled,
    JoinRequest.Rules rules) {

  /** Tells whether they count against the limit. */
  boolean counted() {
    return !exempt && !ghost;
  }
}
