package dev.callflow.simulator.wire.setup;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What goes wrong on the event socket of a simulated FreeSWITCH, at random but from a seed.
 *
 * <p>Shares are of 1: 0.1 is one in ten. Each connection draws its own numbers, in its own order,
 * so that the n-th connection fares the same in each run that sends it the same things.
 *
 * @param seed the same seed gives the same faults
 * @param events what happens to events
 * @param replies what happens to replies
 * @param refusesJoins whether the mixer lets nobody into a room
 * @param unaddressable how long a new member cannot be addressed by commands
 */
public record WireFaults(
    long seed, OfEvents events, OfReplies replies, boolean refusesJoins, Duration unaddressable) {

  /**
   * What happens to events.
   *
   * @param names which events are meant, a regular expression for their names ({@code CUSTOM} for
   *     those of conferences)
   * @param lost the share of those that are lost
   * @param doubled the share of those that come twice
   * @param late the share of those that come late; others may overtake them
   * @param by how late
   */
  public record OfEvents(Pattern names, double lost, double doubled, double late, Duration by) {}

  /**
   * What happens to replies.
   *
   * @param lost the share of those that do not come
   * @param late the share of those that come late, with all that is behind them
   * @param by how late
   */
  public record OfReplies(double lost, double late, Duration by) {}

  /** Nothing goes wrong. */
  public static final WireFaults NONE = seeded(0);

  /**
   * Begins with nothing that goes wrong.
   *
   * @param seed the same seed gives the same faults
   * @return no faults yet
   */
  public static WireFaults seeded(long seed) {
    return new WireFaults(
        seed,
        new OfEvents(Pattern.compile(".*"), 0, 0, 0, Duration.ZERO),
        new OfReplies(0, 0, Duration.ZERO),
        false,
        Duration.ZERO);
  }

  private WireFaults with(OfEvents events) {
    return new WireFaults(seed, events, replies, refusesJoins, unaddressable);
  }

  private WireFaults with(OfReplies replies) {
    return new WireFaults(seed, events, replies, refusesJoins, unaddressable);
  }

  /**
   * Means some events only.
   *
   * @param names a regular expression for their names
   * @return these faults, for those events
   */
  public WireFaults onlyOf(String names) {
    return with(
        new OfEvents(Pattern.compile(names), events.lost, events.doubled, events.late, events.by));
  }

  /**
   * Loses events.
   *
   * @param share how many of 1
   * @return these faults and this one
   */
  public WireFaults droppingEvents(double share) {
    return with(new OfEvents(events.names, share, events.doubled, events.late, events.by));
  }

  /**
   * Sends events twice.
   *
   * @param share how many of 1
   * @return these faults and this one
   */
  public WireFaults doublingEvents(double share) {
    return with(new OfEvents(events.names, events.lost, share, events.late, events.by));
  }

  /**
   * Sends events late.
   *
   * @param share how many of 1
   * @param by how late
   * @return these faults and this one
   */
  public WireFaults delayingEvents(double share, Duration by) {
    return with(new OfEvents(events.names, events.lost, events.doubled, share, by));
  }

  /**
   * Answers late.
   *
   * @param share how many of 1
   * @param by how late
   * @return these faults and this one
   */
  public WireFaults delayingReplies(double share, Duration by) {
    return with(new OfReplies(replies.lost, share, by));
  }

  /**
   * Does not answer.
   *
   * @param share how many of 1
   * @return these faults and this one
   */
  public WireFaults losingReplies(double share) {
    return with(new OfReplies(share, replies.late, replies.by));
  }

  /**
   * Lets nobody into a room.
   *
   * @return these faults and this one
   */
  public WireFaults refusingJoins() {
    return new WireFaults(seed, events, replies, true, unaddressable);
  }

  /**
   * Does not find new members.
   *
   * @param after how long after they have come in
   * @return these faults and this one
   */
  public WireFaults hidingMembers(Duration after) {
    return new WireFaults(seed, events, replies, refusesJoins, after);
  }
}
