package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;

/**
 * A participant whom an operator adds to a room, by dialling them or by moving them from another
 * room. They can join a locked room, need not wait for a moderator, and are not subject to bans.
 * They need a seat, unless they are exempt or a ghost.
 *
 * @param call the leg
 * @param number the caller number; may be empty
 * @param moderator whether they will be a moderator
 * @param exempt whether they are exempt from the limit on participants and so need no seat
 * @param ghost whether they are a ghost, who is not counted and needs no seat
 * @param dialled whether they are being dialled; if so, the dialling stops when the room ends
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

  /** Returns whether the participant counts against the limit. */
  boolean counted() {
    return !exempt && !ghost;
  }
}
