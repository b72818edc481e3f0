package dev.callflow.testkit.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * What goes wrong on the event socket of a simulated FreeSWITCH, at random but from a seed.
 *
 * <p>Shares are of 1: 0.1 is one in ten. Each connection draws its own numbers, in its own order,
 * so that the n-th connection fares the same in each run that sends it the same things.
 *
 * @param seed the same seed gives the same faults
 * @param events which events are meant, a regular expression for their names ({@code CUSTOM} for
 *     those of conferences)
 * @param dropped the share of events that are lost
 * @param doubled the share of events that come twice
 * @param late the share of events that come late; others may overtake them
 * @param lateBy how late
 * @param slow the share of replies that come late, with all that is behind them
 * @param slowBy how late
 * @param missing the share of replies that do not come
 * @param refusesJoins whether the mixer lets nobody into a room
 * @param unaddressable how long a new member cannot be addressed by commands
 */
public record WireFaults(
    long seed,
    Pattern events,
    double dropped,
    double doubled,
    double late,
    Duration lateBy,
    double slow,
    Duration slowBy,
    double missing,
    boolean refusesJoins,
    Duration unaddressable) {

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
        Pattern.compile(".*"),
        0,
        0,
        0,
        Duration.ZERO,
        0,
        Duration.ZERO,
        0,
        false,
        Duration.ZERO);
  }

  /**
   * Means some events only.
   *
   * @param names a regular expression for their names
   * @return these faults, for those events
   */
  public WireFaults onlyOf(String names) {
    return new WireFaults(
        seed,
        Pattern.compile(names),
        dropped,
        doubled,
        late,
        lateBy,
        slow,
        slowBy,
        missing,
        refusesJoins,
        unaddressable);
  }

  /**
   * Loses events.
   *
   * @param share how many of 1
   * @return these faults and this one
   */
  public WireFaults droppingEvents(double share) {
    return new WireFaults(
        seed,
        events,
        share,
        doubled,
        late,
        lateBy,
        slow,
        slowBy,
        missing,
        refusesJoins,
        unaddressable);
  }

  /**
   * Sends events twice.
   *
   * @param share how many of 1
   * @return these faults and this one
   */
  public WireFaults doublingEvents(double share) {
    return new WireFaults(
        seed,
        events,
        dropped,
        share,
        late,
        lateBy,
        slow,
        slowBy,
        missing,
        refusesJoins,
        unaddressable);
  }

  /**
   * Sends events late.
   *
   * @param share how many of 1
   * @param by how late
   * @return these faults and this one
   */
  public WireFaults delayingEvents(double share, Duration by) {
    return new WireFaults(
        seed,
        events,
        dropped,
        doubled,
        share,
        by,
        slow,
        slowBy,
        missing,
        refusesJoins,
        unaddressable);
  }

  /**
   * Answers late.
   *
   * @param share how many of 1
   * @param by how late
   * @return these faults and this one
   */
  public WireFaults delayingReplies(double share, Duration by) {
    return new WireFaults(
        seed,
        events,
        dropped,
        doubled,
        late,
        lateBy,
        share,
        by,
        missing,
        refusesJoins,
        unaddressable);
  }

  /**
   * Does not answer.
   *
   * @param share how many of 1
   * @return these faults and this one
   */
  public WireFaults losingReplies(double share) {
    return new WireFaults(
        seed,
        events,
        dropped,
        doubled,
        late,
        lateBy,
        slow,
        slowBy,
        share,
        refusesJoins,
        unaddressable);
  }

  /**
   * Lets nobody into a room.
   *
   * @return these faults and this one
   */
  public WireFaults refusingJoins() {
    return new WireFaults(
        seed, events, dropped, doubled, late, lateBy, slow, slowBy, missing, true, unaddressable);
  }

  /**
   * Does not find new members.
   *
   * @param after how long after they have come in
   * @return these faults and this one
   */
  public WireFaults hidingMembers(Duration after) {
    return new WireFaults(
        seed, events, dropped, doubled, late, lateBy, slow, slowBy, missing, refusesJoins, after);
  }

  /** What becomes of one event or reply. */
  enum Fate {
    SENT,
    LOST,
    TWICE,
    LATE
  }

  Fate ofEvent(String name, Random random) {
    if (!events.matcher(name).matches()) {
      return Fate.SENT;
    }
    double drawn = random.nextDouble();
    if (drawn < dropped) {
      return Fate.LOST;
    }
    if (drawn < dropped + doubled) {
      return Fate.TWICE;
    }
    return drawn < dropped + doubled + late ? Fate.LATE : Fate.SENT;
  }

  Fate ofReply(Random random) {
    double drawn = random.nextDouble();
    return drawn < missing ? Fate.LOST : drawn < missing + slow ? Fate.LATE : Fate.SENT;
  }

  Optional<Duration> hidden() {
    return Optional.of(unaddressable).filter(Duration::isPositive);
  }
}
