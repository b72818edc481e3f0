package dev.callflow.simulator.model;

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
 */
public record SwitchSettings(
    String coreUuid,
    Supplier<String> ids,
    MediaLibrary media,
    Predicate<String> recordable,
    boolean refusesJoins) {

  /**
   * Creates the settings of a switch that can record to any file.
   *
   * @param coreUuid the ID of the switch's process
   * @param ids generates the IDs of rooms and channels, such as random UUIDs
   * @param media the media library
   * @param refusesJoins whether every room refuses every channel, to simulate a fault
   */
  public SwitchSettings(
      String coreUuid, Supplier<String> ids, MediaLibrary media, boolean refusesJoins) {
    this(coreUuid, ids, media, file -> true, refusesJoins);
  }

  /**
   * Returns the settings of a switch that has no faults and derives its IDs from a seed.
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
    return new SwitchSettings(coreUuid, ids, media, recordable, refuses);
  }
}
