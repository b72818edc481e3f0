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
 * @param talkVolume how loud it is heard, -4 to 4
 * @param listenVolume how loud it hears, -4 to 4
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
    int talkVolume,
    int listenVolume,
    Instant joined) {

  /**
   * Returns the same member by another leg.
   *
   * @param leg the leg
   * @return the member
   */
  public Member withCall(CallId leg) {
    return new Member(
        leg,
        number,
        callerName,
        callerNumber,
        moderator,
        ghost,
        muted,
        deaf,
        talking,
        floor,
        videoMuted,
        energyLevel,
        talkVolume,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member with another number and without a name.
   *
   * @param shown the number
   * @return the member
   */
  public Member withNumber(String shown) {
    return new Member(
        call,
        number,
        "",
        shown,
        moderator,
        ghost,
        muted,
        deaf,
        talking,
        floor,
        videoMuted,
        energyLevel,
        talkVolume,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member as a moderator or not.
   *
   * @param is whether it is one
   * @return the member
   */
  public Member withModerator(boolean is) {
    return new Member(
        call,
        number,
        callerName,
        callerNumber,
        is,
        ghost,
        muted,
        deaf,
        talking,
        floor,
        videoMuted,
        energyLevel,
        talkVolume,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member counted or not.
   *
   * @param is whether it is not counted
   * @return the member
   */
  public Member withGhost(boolean is) {
    return new Member(
        call,
        number,
        callerName,
        callerNumber,
        moderator,
        is,
        muted,
        deaf,
        talking,
        floor,
        videoMuted,
        energyLevel,
        talkVolume,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member heard or not; who is not heard does not talk.
   *
   * @param on whether it is not heard
   * @return the member
   */
  public Member withMuted(boolean on) {
    return new Member(
        call,
        number,
        callerName,
        callerNumber,
        moderator,
        ghost,
        on,
        deaf,
        talking && !on,
        floor,
        videoMuted,
        energyLevel,
        talkVolume,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member hearing or not.
   *
   * @param on whether it does not hear
   * @return the member
   */
  public Member withDeaf(boolean on) {
    return new Member(
        call,
        number,
        callerName,
        callerNumber,
        moderator,
        ghost,
        muted,
        on,
        talking,
        floor,
        videoMuted,
        energyLevel,
        talkVolume,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member talking or not.
   *
   * @param on whether it talks
   * @return the member
   */
  public Member withTalking(boolean on) {
    return new Member(
        call,
        number,
        callerName,
        callerNumber,
        moderator,
        ghost,
        muted,
        deaf,
        on,
        floor,
        videoMuted,
        energyLevel,
        talkVolume,
        listenVolume,
        joined);
  }

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
        talkVolume,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member with another energy level.
   *
   * @param level how loud it must be to be heard
   * @return the member
   */
  public Member withEnergyLevel(int level) {
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
        floor,
        videoMuted,
        level,
        talkVolume,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member with another volume of its voice.
   *
   * @param level how loud it is heard
   * @return the member
   */
  public Member withTalkVolume(int level) {
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
        floor,
        videoMuted,
        energyLevel,
        level,
        listenVolume,
        joined);
  }

  /**
   * Returns the same member with another volume of what it hears.
   *
   * @param level how loud it hears
   * @return the member
   */
  public Member withListenVolume(int level) {
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
        floor,
        videoMuted,
        energyLevel,
        talkVolume,
        level,
        joined);
  }
}
