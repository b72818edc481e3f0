package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.Arrays;

/**
 * A member of a room, as the mixer shows it.
 *
 * @param call the leg
 * @param number the mixer's transient number for it
 * @param party the caller at the leg
 * @param flags the flags that hold for it now
 * @param levels how loud it is
 * @param joined when it joined
 */
public record Member(
    CallId call, int number, Party party, Flags flags, Levels levels, Instant joined) {

  /**
   * The caller at a member's leg.
   *
   * @param name the caller's name; may be empty
   * @param number the caller's number; may be empty
   */
  public record Party(String name, String number) {}

  /** What may hold for a member. */
  public enum Flag {
    /** The mixer has it as a moderator. */
    MODERATOR,
    /** It is not counted. */
    GHOST,
    /** It is not heard. */
    MUTED,
    /** It does not hear. */
    DEAF,
    /** It talks now. */
    TALKING,
    /** It has the floor. */
    FLOOR,
    /** It is not seen. */
    VIDEO_MUTED
  }

  /**
   * The flags that hold for a member, as a set of bits: a room copies them with every event.
   *
   * @param bits a bit for each flag, by its ordinal
   */
  public record Flags(int bits) {

    /** No flag holds. */
    public static final Flags NONE = new Flags(0);

    /**
     * Returns whether a flag holds.
     *
     * @param flag the flag
     * @return whether it does
     */
    public boolean has(Flag flag) {
      return (bits & 1 << flag.ordinal()) != 0;
    }

    /**
     * Returns the same flags with one that holds or does not.
     *
     * @param flag the flag
     * @param on whether it holds
     * @return the flags
     */
    public Flags with(Flag flag, boolean on) {
      int bit = 1 << flag.ordinal();
      int changed = on ? bits | bit : bits & ~bit;
      return changed == bits ? this : new Flags(changed);
    }

    /** Lists the flags that hold. */
    @Override
    public String toString() {
      return Arrays.stream(Flag.values()).filter(this::has).toList().toString();
    }
  }

  /**
   * How loud a member is.
   *
   * @param energy how loud it must be to be heard
   * @param talkVolume how loud it is heard, -4 to 4
   * @param listenVolume how loud it hears, -4 to 4
   */
  public record Levels(int energy, int talkVolume, int listenVolume) {}

  /**
   * Returns the caller's name.
   *
   * @return may be empty
   */
  public String callerName() {
    return party.name();
  }

  /**
   * Returns the caller's number.
   *
   * @return may be empty
   */
  public String callerNumber() {
    return party.number();
  }

  /**
   * Returns whether the mixer has it as a moderator.
   *
   * @return whether it is one
   */
  public boolean moderator() {
    return flags.has(Flag.MODERATOR);
  }

  /**
   * Returns whether it is not counted.
   *
   * @return whether it is a ghost
   */
  public boolean ghost() {
    return flags.has(Flag.GHOST);
  }

  /**
   * Returns whether it is not heard.
   *
   * @return whether it is muted
   */
  public boolean muted() {
    return flags.has(Flag.MUTED);
  }

  /**
   * Returns whether it does not hear.
   *
   * @return whether it is deaf
   */
  public boolean deaf() {
    return flags.has(Flag.DEAF);
  }

  /**
   * Returns whether it talks now.
   *
   * @return whether it does
   */
  public boolean talking() {
    return flags.has(Flag.TALKING);
  }

  /**
   * Returns whether it has the floor.
   *
   * @return whether it has
   */
  public boolean floor() {
    return flags.has(Flag.FLOOR);
  }

  /**
   * Returns whether it is not seen.
   *
   * @return whether its video is muted
   */
  public boolean videoMuted() {
    return flags.has(Flag.VIDEO_MUTED);
  }

  /**
   * Returns how loud it must be to be heard.
   *
   * @return the energy level
   */
  public int energyLevel() {
    return levels.energy();
  }

  /**
   * Returns how loud it is heard.
   *
   * @return -4 to 4
   */
  public int talkVolume() {
    return levels.talkVolume();
  }

  /**
   * Returns how loud it hears.
   *
   * @return -4 to 4
   */
  public int listenVolume() {
    return levels.listenVolume();
  }

  /**
   * Returns the same member by another leg.
   *
   * @param leg the leg
   * @return the member
   */
  public Member withCall(CallId leg) {
    return new Member(leg, number, party, flags, levels, joined);
  }

  /**
   * Returns the same member with another number and without a name.
   *
   * @param shown the number
   * @return the member
   */
  public Member withNumber(String shown) {
    return new Member(call, number, new Party("", shown), flags, levels, joined);
  }

  /**
   * Returns the same member with a flag set or not; muting ends its talking.
   *
   * @param flag the flag
   * @param on whether it is set
   * @return the member
   */
  public Member with(Flag flag, boolean on) {
    Flags changed = flags.with(flag, on);
    if (flag == Flag.MUTED && on) {
      changed = changed.with(Flag.TALKING, false);
    }
    return changed == flags ? this : new Member(call, number, party, changed, levels, joined);
  }

  /**
   * Returns the same member with other levels.
   *
   * @param changed the levels
   * @return the member
   */
  public Member withLevels(Levels changed) {
    return new Member(call, number, party, flags, changed, joined);
  }
}
