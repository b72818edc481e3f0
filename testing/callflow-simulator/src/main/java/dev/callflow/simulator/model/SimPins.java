package dev.callflow.simulator.model;

/**
 * The PINs that the mixer requires from callers before they can join a room.
 *
 * @param member the PIN for regular members; empty for none
 * @param moderator the PIN for moderators; empty for none
 * @param tries the maximum number of attempts
 */
public record SimPins(String member, String moderator, int tries) {

  /** No PINs: callers join directly. */
  public static final SimPins NONE = new SimPins("", "", 3);

  /**
   * Returns whether callers need a PIN.
   *
   * @return whether there is a PIN
   */
  public boolean required() {
    return !member.isEmpty() || !moderator.isEmpty();
  }

  /**
   * Returns whether an entry lets a caller in.
   *
   * @param entry the digits that the caller entered
   * @return whether the entry is one of the PINs
   */
  public boolean letsIn(String entry) {
    return !entry.isEmpty() && (entry.equals(member) || entry.equals(moderator));
  }

  /**
   * Returns whether an entry makes the caller a moderator.
   *
   * @param entry the digits that the caller entered
   * @return whether the entry is the moderator PIN
   */
  public boolean makesModerator(String entry) {
    return !entry.isEmpty() && entry.equals(moderator);
  }

  /**
   * Returns the length of the longest PIN.
   *
   * @return the number of digits after which an entry is complete
   */
  public int maxLength() {
    return Math.max(member.length(), moderator.length());
  }

  /**
   * Returns a copy of these PINs with another member PIN.
   *
   * @param pin the PIN; empty for none
   * @return the copy
   */
  public SimPins member(String pin) {
    return new SimPins(pin, moderator, tries);
  }

  /**
   * Returns a copy of these PINs with another moderator PIN.
   *
   * @param pin the PIN; empty for none
   * @return the copy
   */
  public SimPins moderator(String pin) {
    return new SimPins(member, pin, tries);
  }

  /** Hides the PINs. */
  @Override
  public String toString() {
    return "Pins[****]";
  }
}
