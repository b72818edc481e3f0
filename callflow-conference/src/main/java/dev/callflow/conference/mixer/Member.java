package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.Arrays;

/**
 * A member of a room, as the mixer reports it.
 *
 * @param call the id of the member's leg
 * @param number the member id; the mixer assigns it for the duration of the membership
 * @param party the party on the leg
 * @param flags the current flags
 * @param levels the current levels
 * @param joined when the member joined
 */
public record Member(
    CallId call, int number, Party party, Flags flags, Levels levels, Instant joined) {

  /**
   * The party on a member's leg.
   *
   * @param name the caller name; may be empty
   * @param number the caller number; may be empty
   */
  public record Party(String name, String number) {}

  /** The flags that a member can have. */
  public enum Flag {
    /** The mixer treats the member as a moderator. */
    MODERATOR,
    /** The member is a ghost, which is not counted. */
    GHOST,
    /** The others do not hear the member. */
    MUTED,
    /** The member does not hear the others. */
    DEAF,
    /** The member is talking. */
    TALKING,
    /** The member has the floor. */
    FLOOR,
    /** The member's video is not shown. */
    VIDEO_MUTED
  }

  /**
   * The flags of a member. They are stored as bits because a room copies them with every event.
   *
   * @param bits one bit for each flag, at the position of its ordinal
   */
  public record Flags(int bits) {

    /** No flags. */
    public static final Flags NONE = new Flags(0);

    /**
     * Returns whether a flag is set.
     *
     * @param flag the flag
     * @return true if it is set
     */
    public boolean has(Flag flag) {
      return (bits & 1 << flag.ordinal()) != 0;
    }

    /**
     * Returns a copy of these flags with one flag set or cleared.
     *
     * @param flag the flag
     * @param on true to set it
     * @return the copy
     */
    public Flags with(Flag flag, boolean on) {
      int bit = 1 << flag.ordinal();
      int changed = on ? bits | bit : bits & ~bit;
      return changed == bits ? this : new Flags(changed);
    }

    /** Lists the flags that are set. */
    @Override
    public String toString() {
      return Arrays.stream(Flag.values()).filter(this::has).toList().toString();
    }
  }

  /**
   * The levels of a member.
   *
   * @param energy how loud the member must be to be heard
   * @param talkVolume the volume at which others hear the member, -4 to 4
   * @param listenVolume the volume at which the member hears the others, -4 to 4
   */
  public record Levels(int energy, int talkVolume, int listenVolume) {}

  /**
   * Returns the caller name.
   *
   * @return the name; may be empty
   */
  public String callerName() {
    return party.name();
  }

  /**
   * Returns the caller number.
   *
   * @return the number; may be empty
   */
  public String callerNumber() {
    return party.number();
  }

  /**
   * Returns whether the mixer treats the member as a moderator.
   *
   * @return true for a moderator
   */
  public boolean moderator() {
    return flags.has(Flag.MODERATOR);
  }

  /**
   * Returns whether the member is a ghost, who is not counted.
   *
   * @return true for a ghost
   */
  public boolean ghost() {
    return flags.has(Flag.GHOST);
  }

  /**
   * Returns whether the member is muted.
   *
   * @return true if the others do not hear the member
   */
  public boolean muted() {
    return flags.has(Flag.MUTED);
  }

  /**
   * Returns whether the member is deaf.
   *
   * @return true if the member does not hear the others
   */
  public boolean deaf() {
    return flags.has(Flag.DEAF);
  }

  /**
   * Returns whether the member is talking.
   *
   * @return true while the member talks
   */
  public boolean talking() {
    return flags.has(Flag.TALKING);
  }

  /**
   * Returns whether the member has the floor.
   *
   * @return true if the member has the floor
   */
  public boolean floor() {
    return flags.has(Flag.FLOOR);
  }

  /**
   * Returns whether the member's video is muted.
   *
   * @return true if the video is not shown
   */
  public boolean videoMuted() {
    return flags.has(Flag.VIDEO_MUTED);
  }

  /**
   * Returns how loud the member must be to be heard.
   *
   * @return the energy level
   */
  public int energyLevel() {
    return levels.energy();
  }

  /**
   * Returns the volume at which others hear the member.
   *
   * @return -4 to 4
   */
  public int talkVolume() {
    return levels.talkVolume();
  }

  /**
   * Returns the volume at which the member hears the others.
   *
   * @return -4 to 4
   */
  public int listenVolume() {
    return levels.listenVolume();
  }

  /**
   * Returns a copy of this member with another leg.
   *
   * @param leg the leg
   * @return the copy
   */
  public Member withCall(CallId leg) {
    return new Member(leg, number, party, flags, levels, joined);
  }

  /**
   * Returns a copy of this member with another caller number.
   *
   * @param shown the number
   * @return the copy
   */
  public Member withNumber(String shown) {
    return new Member(call, number, new Party(party.name(), shown), flags, levels, joined);
  }

  /**
   * Returns a copy of this member with a flag set or cleared. Muting also clears {@link
   * Flag#TALKING}.
   *
   * @param flag the flag
   * @param on true to set it
   * @return the copy
   */
  public Member with(Flag flag, boolean on) {
    Flags changed = flags.with(flag, on);
    if (flag == Flag.MUTED && on) {
      changed = changed.with(Flag.TALKING, false);
    }
    return changed == flags ? this : new Member(call, number, party, changed, levels, joined);
  }

  /**
   * Returns a copy of this member with other levels.
   *
   * @param changed the levels
   * @return the copy
   */
  public Member withLevels(Levels changed) {
    return new Member(call, number, party, flags, changed, joined);
  }
}
