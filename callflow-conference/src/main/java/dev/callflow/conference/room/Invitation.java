package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;

/**
 * Somebody who comes because an operator wants him to: dialled, or moved from another room. He
 * passes lock and ban and does not wait; but without a seat he does not get in.
 *
 * @param call the leg
 * @param number the caller's number; may be empty
 * @param moderator whether he will be a moderator
 * @param exempt whether he uses no seat
 * @param ghost whether he is not counted
 * @param dialled whether he is being dialled, so that the room's end stops that
 * @param rules what the conference's document says about the room
 */
public record Invitation(
    CallId call,
    String number,
    boolean moderator,
    boolean exempt,
    boolean ghost,
    boolean dialled,
    JoinRequest.Rules rules) {}
