package dev.callflow.simulator.model;

/**
 * What the mixer asks callers for before it lets them into a room.
 *
 * @param member what lets in a member; empty for nothing
 * @param moderator what lets in a moderator; empty for nothing
 * @param tries how often it asks
 */
public record SimPins(String member, String moderator, int tries) {

  /** Nobody is asked. */
  public static final SimPins NONE = new SimPins("", "", 3);

  /**
   * Tells whether callers are asked at all.
   *
   * @return whether there is any PIN
   */
  public boolean asked() {
    return !member.isEmpty() || !moderator.isEmpty();
  }

  /**
   * Tells whether an entry lets a caller in.
   *
   * @param entry what the caller has entered
   * @return whether it is one of the PINs
   */
  public boolean letsIn(String entry) {
    return !entry.isEmpty() && (entry.equals(member) || entry.equals(moderator));
  }

  /**
   * Tells whether an entry makes a moderator.
   *
   * @param entry what the caller has entered
   * @return whether it is the moderators' PIN
   */
  public boolean makesModerator(String entry) {
    return !entry.isEmpty() && entry.equals(moderator);
  }

  /**
   * Returns the length of the longest PIN.
   *
   * @return how many keys end an entry
   */
  public int longest() {
    return Math.max(member.length(), moderator.length());
  }

  /**
   * Returns these PINs with another one for members.
   *
   * @param pin the PIN; empty for none
   * @return the PINs
   */
  public SimPins member(String pin) {
    return new SimPins(pin, moderator, tries);
  }

  /**
   * Returns these PINs with another one for moderators.
   *
   * @param pin the PIN; empty for none
   * @return the PINs
   */
  public SimPins moderator(String pin) {
    return new SimPins(member, pin, tries);
  }

  /** Hides them. */
  @Override
  public String toString() {
    return "Pins[****]";
  }
}
