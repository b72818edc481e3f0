package dev.callflow.conference.mixer;

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
    Copy copy = new Copy(this);
    copy.call = leg;
    return copy.member();
  }

  /**
   * Returns the same member with another number and without a name.
   *
   * @param shown the number
   * @return the member
   */
  public Member withNumber(String shown) {
    Copy copy = new Copy(this);
    copy.callerNumber = shown;
    copy.callerName = "";
    return copy.member();
  }

  /**
   * Returns the same member as a moderator or not.
   *
   * @param is whether it is one
   * @return the member
   */
  public Member withModerator(boolean is) {
    Copy copy = new Copy(this);
    copy.moderator = is;
    return copy.member();
  }

  /**
   * Returns the same member counted or not.
   *
   * @param is whether it is not counted
   * @return the member
   */
  public Member withGhost(boolean is) {
    Copy copy = new Copy(this);
    copy.ghost = is;
    return copy.member();
  }

  /**
   * Returns the same member heard or not; who is not heard does not talk.
   *
   * @param on whether it is not heard
   * @return the member
   */
  public Member withMuted(boolean on) {
    Copy copy = new Copy(this);
    copy.muted = on;
    copy.talking &= !on;
    return copy.member();
  }

  /**
   * Returns the same member hearing or not.
   *
   * @param on whether it does not hear
   * @return the member
   */
  public Member withDeaf(boolean on) {
    Copy copy = new Copy(this);
    copy.deaf = on;
    return copy.member();
  }

  /**
   * Returns the same member talking or not.
   *
   * @param on whether it talks
   * @return the member
   */
  public Member withTalking(boolean on) {
    Copy copy = new Copy(this);
    copy.talking = on;
    return copy.member();
  }

  /**
   * Returns the same member with or without the floor.
   *
   * @param has whether it has the floor
   * @return the member
   */
  public Member withFloor(boolean has) {
    Copy copy = new Copy(this);
    copy.floor = has;
    return copy.member();
  }

  /**
   * Returns the same member with another energy level.
   *
   * @param level how loud it must be to be heard
   * @return the member
   */
  public Member withEnergyLevel(int level) {
    Copy copy = new Copy(this);
    copy.energyLevel = level;
    return copy.member();
  }

  /**
   * Returns the same member with another volume of its voice.
   *
   * @param level how loud it is heard
   * @return the member
   */
  public Member withTalkVolume(int level) {
    Copy copy = new Copy(this);
    copy.talkVolume = level;
    return copy.member();
  }

  /**
   * Returns the same member with another volume of what it hears.
   *
   * @param level how loud it hears
   * @return the member
   */
  public Member withListenVolume(int level) {
    Copy copy = new Copy(this);
    copy.listenVolume = level;
    return copy.member();
  }

  /** A member while it is being changed. */
  private static final class Copy {
    CallId call;
    int number;
    String callerName;
    String callerNumber;
    boolean moderator;
    boolean ghost;
    boolean muted;
    boolean deaf;
    boolean talking;
    boolean floor;
    boolean videoMuted;
    int energyLevel;
    int talkVolume;
    int listenVolume;
    Instant joined;

    Copy(Member of) {
      call = of.call;
      number = of.number;
      callerName = of.callerName;
      callerNumber = of.callerNumber;
      moderator = of.moderator;
      ghost = of.ghost;
      muted = of.muted;
      deaf = of.deaf;
      talking = of.talking;
      floor = of.floor;
      videoMuted = of.videoMuted;
      energyLevel = of.energyLevel;
      talkVolume = of.talkVolume;
      listenVolume = of.listenVolume;
      joined = of.joined;
    }

    Member member() {
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
          listenVolume,
          joined);
    }
  }
}
