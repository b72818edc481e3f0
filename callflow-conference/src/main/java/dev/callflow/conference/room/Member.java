package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;
import java.time.Instant;

/**
 * A member of a room, as the mixer shows it.
 *
 * @param call the leg
 * @param number the mixer's transient number for it
 * @param callerName the caller's name; may be empty
 * @param callerNumber the caller's number; may be empty
 * @param moderator whether the mixer has it as a moderator
 * @param ghost whether it is not counted
 * @param muted whether it is not heard
 * @param deaf whether it does not hear
 * @param talking whether it talks now
 * @param floor whether it has the floor
 * @param videoMuted whether it is not seen
 * @param energyLevel how loud it must be to be heard
 * @param joined when it joined
 */
public record Member(
    CallId call,
    int number,
    String callerName,
    String callerNumber,
    boolean moderator,
    boolean ghost,
    boolean muted,
    boolean deaf,
    boolean talking,
    boolean floor,
    boolean videoMuted,
    int energyLevel,
    Instant joined) {

  /**
   * Returns the same member with or without the floor.
   *
   * @param has whether it has the floor
   * @return the member
   */
  public Member withFloor(boolean has) {
    return new Member(
        call,
        number,
        callerName,
        callerNumber,
        moderator,
        ghost,
        muted,
        deaf,
        talking,
        has,
        videoMuted,
        energyLevel,
        joined);
  }
}
