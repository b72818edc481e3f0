package dev.callflow.simulator.model;

import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a simulated switch is set up.
 *
 * @param coreUuid the id of its process
 * @param ids makes the ids of rooms, such as random UUIDs
 * @param media what can be played
 * @param recordable which files can be recorded to
 * @param refusesJoins a fault: no channel is let into any room
 */
public record SwitchSettings(
    String coreUuid,
    Supplier<String> ids,
    MediaLibrary media,
    Predicate<String> recordable,
    boolean refusesJoins) {

  /**
   * Sets a switch up that can record to any file.
   *
   * @param coreUuid the id of its process
   * @param ids makes the ids of rooms, such as random UUIDs
   * @param media what can be played
   * @param refusesJoins a fault: no channel is let into any room
   */
  public SwitchSettings(
      String coreUuid, Supplier<String> ids, MediaLibrary media, boolean refusesJoins) {
    this(coreUuid, ids, media, file -> true, refusesJoins);
  }

  /**
   * Sets a switch up without faults, whose ids follow from a seed.
   *
   * @param seed the same seed gives the same ids
   * @param media what can be played
   * @return the settings
   */
  public static SwitchSettings seeded(long seed, MediaLibrary media) {
    Random random = new Random(seed);
    Supplier<String> ids = () -> new UUID(random.nextLong(), random.nextLong()).toString();
    return new SwitchSettings(ids.get(), ids, media, false);
  }

  /**
   * Returns these settings with joins refused or not.
   *
   * @param refuses whether no channel is let into any room
   * @return the settings
   */
  public SwitchSettings refusingJoins(boolean refuses) {
    return new SwitchSettings(coreUuid, ids, media, recordable, refuses);
  }
}
