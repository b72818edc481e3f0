package dev.callflow.simulator.model;

/**
 * What the mixer asks callers for before it lets them into a room.
 *
 * @param member what lets in a member; empty for nothing
 * @param moderator what lets in a moderator; empty for nothing
 * @param tries how often it asks
 */
public record Pins(String member, String moderator, int tries) {

  /** Nobody is asked. */
  public static final Pins NONE = new Pins("", "", 3);

  boolean asked() {
    return !member.isEmpty() || !moderator.isEmpty();
  }

  boolean letsIn(String entry) {
    return !entry.isEmpty() && (entry.equals(member) || entry.equals(moderator));
  }

  boolean makesModerator(String entry) {
    return !entry.isEmpty() && entry.equals(moderator);
  }

  int longest() {
    return Math.max(member.length(), moderator.length());
  }

  Pins member(String pin) {
    return new Pins(pin, moderator, tries);
  }

  Pins moderator(String pin) {
    return new Pins(member, pin, tries);
  }

  /** Hides them. */
  @Override
  public String toString() {
    return "Pins[****]";
  }
}
