package dev.callflow.simulator.wire.setup;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Faults to inject into the event socket of a simulated FreeSWITCH, drawn at random from a seed.
 *
 * <p>Shares range from 0 to 1: 0.1 means one in ten. Each connection has its own sequence of random
 * numbers, so that the n-th connection has the same faults in every run with the same traffic.
 *
 * @param seed the seed; the same seed gives the same faults
 * @param events the faults of events
 * @param replies the faults of replies
 * @param refusesJoins whether every room refuses every channel
 * @param unaddressable the time after joining during which commands do not find a member
 */
public record WireFaults(
    long seed, OfEvents events, OfReplies replies, boolean refusesJoins, Duration unaddressable) {

  /**
   * The faults of events.
   *
   * @param names a regular expression for the names of the affected events ({@code CUSTOM} for
   *     conference events)
   * @param lost the share of events that are lost
   * @param doubled the share of events that are sent twice
   * @param late the share of events that are delayed; other events may overtake them
   * @param by the delay
   */
  public record OfEvents(Pattern names, double lost, double doubled, double late, Duration by) {}

  /**
   * The faults of replies.
   *
   * @param lost the share of replies that are lost
   * @param late the share of replies that are delayed, together with everything after them
   * @param by the delay
   */
  public record OfReplies(double lost, double late, Duration by) {}

  /** No faults. */
  public static final WireFaults NONE = seeded(0);

  /**
   * Returns no faults, with a seed for those to be added.
   *
   * @param seed the seed; the same seed gives the same faults
   * @return the empty faults
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
   * Limits the event faults to some events.
   *
   * @param names a regular expression for the names of the events
   * @return these faults with the limit
   */
  public WireFaults onlyOf(String names) {
    return with(
        new OfEvents(Pattern.compile(names), events.lost, events.doubled, events.late, events.by));
  }

  /**
   * Loses a share of the events.
   *
   * @param share the share, 0 to 1
   * @return these faults and this one
   */
  public WireFaults droppingEvents(double share) {
    return with(new OfEvents(events.names, share, events.doubled, events.late, events.by));
  }

  /**
   * Sends a share of the events twice.
   *
   * @param share the share, 0 to 1
   * @return these faults and this one
   */
  public WireFaults doublingEvents(double share) {
    return with(new OfEvents(events.names, events.lost, share, events.late, events.by));
  }

  /**
   * Delays a share of the events.
   *
   * @param share the share, 0 to 1
   * @param by the delay
   * @return these faults and this one
   */
  public WireFaults delayingEvents(double share, Duration by) {
    return with(new OfEvents(events.names, events.lost, events.doubled, share, by));
  }

  /**
   * Delays a share of the replies.
   *
   * @param share the share, 0 to 1
   * @param by the delay
   * @return these faults and this one
   */
  public WireFaults delayingReplies(double share, Duration by) {
    return with(new OfReplies(replies.lost, share, by));
  }

  /**
   * Loses a share of the replies.
   *
   * @param share the share, 0 to 1
   * @return these faults and this one
   */
  public WireFaults losingReplies(double share) {
    return with(new OfReplies(share, replies.late, replies.by));
  }

  /**
   * Makes every room refuse every channel.
   *
   * @return these faults and this one
   */
  public WireFaults refusingJoins() {
    return new WireFaults(seed, events, replies, true, unaddressable);
  }

  /**
   * Hides new members from commands.
   *
   * @param after the time after joining during which a member is hidden
   * @return these faults and this one
   */
  public WireFaults hidingMembers(Duration after) {
    return new WireFaults(seed, events, replies, refusesJoins, after);
  }
}
