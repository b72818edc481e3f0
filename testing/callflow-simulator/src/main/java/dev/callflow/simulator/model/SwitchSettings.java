package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The settings of a simulated switch.
 *
 * @param coreUuid the ID of the switch's process
 * @param ids generates the IDs of rooms and channels, such as random UUIDs
 * @param media the media library
 * @param recordable returns whether a file can be recorded to
 * @param refusesJoins whether every room refuses every channel, to simulate a fault
 * @param delays returns how long the next message to a channel takes to arrive, or the next kicked
 *     member to leave; in FreeSWITCH, 0 to 40 ms
 */
public record SwitchSettings(
    String coreUuid,
    Supplier<String> ids,
    MediaLibrary media,
    Predicate<String> recordable,
    boolean refusesJoins,
    Supplier<Duration> delays) {

  private static final int MAX_DELAY_MILLIS = 40;

  /**
   * Creates the settings of a switch without delays that can record to any file.
   *
   * @param coreUuid the ID of the switch's process
   * @param ids generates the IDs of rooms and channels, such as random UUIDs
   * @param media the media library
   * @param refusesJoins whether every room refuses every channel, to simulate a fault
   */
  public SwitchSettings(
      String coreUuid, Supplier<String> ids, MediaLibrary media, boolean refusesJoins) {
    this(coreUuid, ids, media, file -> true, refusesJoins, () -> Duration.ZERO);
  }

  /**
   * Returns the settings of a switch that has neither faults nor delays and derives its IDs from a
   * seed.
   *
   * @param seed the seed; the same seed gives the same IDs
   * @param media the media library
   * @return the settings
   */
  public static SwitchSettings seeded(long seed, MediaLibrary media) {
    Random random = new Random(seed);
    Supplier<String> ids = () -> new UUID(random.nextLong(), random.nextLong()).toString();
    return new SwitchSettings(ids.get(), ids, media, false);
  }

  /**
   * Returns a copy of these settings with joins refused or allowed.
   *
   * @param refuses whether every room refuses every channel
   * @return the copy
   */
  public SwitchSettings refusingJoins(boolean refuses) {
    return new SwitchSettings(coreUuid, ids, media, recordable, refuses, delays);
  }

  /**
   * Returns a copy of these settings with FreeSWITCH's delays: messages to channels take 0 to 40 ms
   * to arrive, and kicked members 0 to 40 ms to leave.
   *
   * @param seed the seed; the same seed gives the same delays
   * @return the copy
   */
  public SwitchSettings delayed(long seed) {
    Random random = new Random(seed);
    return new SwitchSettings(
        coreUuid,
        ids,
        media,
        recordable,
        refusesJoins,
        () -> Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS + 1)));
  }
}
