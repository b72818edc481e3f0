package dev.callflow.conference.room;

import dev.callflow.conference.mixer.RoomId;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Makes up the names of recordings: nobody can guess one, for whoever knows it can have it played.
 *
 * <p>A name ends with 128 random bits in hexadecimal. Safe for use by any thread if its source of
 * randomness is.
 */
public final class RecordingNames {

  /** The readable part of a name need not hold more; a file's name has a limit. */
  private static final int MAX_READABLE = 100;

  private final RandomGenerator random;

  /**
   * Makes names.
   *
   * @param random what makes them up; in production a {@link java.security.SecureRandom}
   */
  public RecordingNames(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Names a recording of a room.
   *
   * @param room the room
   * @param now when it begins
   * @return the conference's id, the time in seconds, and what nobody can guess
   */
  public String ofRoom(RoomId room, Instant now) {
    String readable = room.conference().replaceAll("[^A-Za-z0-9_-]", "_");
    return (readable.length() > MAX_READABLE ? readable.substring(0, MAX_READABLE) : readable)
        + "_"
        + now.getEpochSecond()
        + secret();
  }

  /**
   * Names a recording of a caller.
   *
   * @param what what is recorded: letters, digits and {@code -}, at most 100
   * @return that, and what nobody can guess
   */
  public String ofCaller(String what) {
    return what + secret();
  }

  private String secret() {
    return "_%016x%016x".formatted(random.nextLong(), random.nextLong());
  }
}
