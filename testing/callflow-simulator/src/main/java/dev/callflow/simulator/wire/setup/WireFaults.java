package dev.callflow.simulator.wire.setup;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Faults to inject into the event socket of a simulated FreeSWITCH. They occur at random, but the
 * same seed reproduces them.
 *
 * <p>Shares range from 0 to 1: 0.1 means one in ten. Each connection has its own sequence of random
 * numbers, so that the n-th connection has the same faults in every run with the same traffic.
 *
 * @param seed the seed; the same seed gives the same faults
 * @param events the faults that affect events
 * @param replies the faults that affect replies
 * @param refusesJoins whether every room refuses every channel
 * @param unaddressable the time after a member has joined during which commands cannot find them
 */
public record WireFaults(
    long seed, OfEvents events, OfReplies replies, boolean refusesJoins, Duration unaddressable) {

  /**
   * The faults that affect events.
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
   * The faults that affect replies.
   *
   * @param lost the share of replies that are lost
   * @param late the share of replies that are delayed, together with everything after them
   * @param by the delay
   */
  public record OfReplies(double lost, double late, Duration by) {}

  /** No faults. */
  public static final WireFaults NONE = seeded(0);

  /**
   * Returns an empty set of faults, to which others can be added.
   *
   * @param seed the seed; the same seed gives the same faults
   * @return the empty set of faults
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
   * Limits the faults that affect events to events with certain names.
   *
   * @param names a regular expression for the names of the affected events
   * @return these faults, limited to those events
   */
  public WireFaults onlyOf(String names) {
    return with(
        new OfEvents(Pattern.compile(names), events.lost, events.doubled, events.late, events.by));
  }

  /**
   * Drops a share of the events.
   *
   * @param share the share, from 0 to 1
   * @return these faults, with this one added
   */
  public WireFaults droppingEvents(double share) {
    return with(new OfEvents(events.names, share, events.doubled, events.late, events.by));
  }

  /**
   * Sends a share of the events twice.
   *
   * @param share the share, from 0 to 1
   * @return these faults, with this one added
   */
  public WireFaults doublingEvents(double share) {
    return with(new OfEvents(events.names, events.lost, share, events.late, events.by));
  }

  /**
   * Delays a share of the events.
   *
   * @param share the share, from 0 to 1
   * @param by the delay
   * @return these faults, with this one added
   */
  public WireFaults delayingEvents(double share, Duration by) {
    return with(new OfEvents(events.names, events.lost, events.doubled, share, by));
  }

  /**
   * Delays a share of the replies.
   *
   * @param share the share, from 0 to 1
   * @param by the delay
   * @return these faults, with this one added
   */
  public WireFaults delayingReplies(double share, Duration by) {
    return with(new OfReplies(replies.lost, share, by));
  }

  /**
   * Drops a share of the replies.
   *
   * @param share the share, from 0 to 1
   * @return these faults, with this one added
   */
  public WireFaults losingReplies(double share) {
    return with(new OfReplies(share, replies.late, replies.by));
  }

  /**
   * Makes every room refuse every channel.
   *
   * @return these faults, with this one added
   */
  public WireFaults refusingJoins() {
    return new WireFaults(seed, events, replies, true, unaddressable);
  }

  /**
   * Hides new members from commands.
   *
   * @param after the time after joining for which a member is hidden
   * @return these faults, with this one added
   */
  public WireFaults hidingMembers(Duration after) {
    return new WireFaults(seed, events, replies, refusesJoins, after);
  }
}
