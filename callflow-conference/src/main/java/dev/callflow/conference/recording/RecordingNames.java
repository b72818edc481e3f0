package dev.callflow.conference.recording;

import dev.callflow.conference.mixer.RoomId;
import java.time.Instant;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Creates the names of recordings. They cannot be guessed, because a name gives access to its
 * recording.
 *
 * <p>A name ends with 128 random bits in hexadecimal. Safe for use by any thread if the random
 * source is.
 */
public final class RecordingNames {

  /** The maximum length of the readable part; file systems limit the length of names. */
  private static final int MAX_READABLE = 100;

  private final RandomGenerator random;

  /**
   * Creates a source of names.
   *
   * @param random the random source; in production a {@link java.security.SecureRandom}
   */
  public RecordingNames(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Creates a name for a recording of a room.
   *
   * @param room the room
   * @param now the time at which the recording starts
   * @return a name made of the conference's id, the time in seconds since 1970, and random digits
   */
  public String ofRoom(RoomId room, Instant now) {
    String readable = room.conference().replaceAll("[^A-Za-z0-9_-]", "_");
    return (readable.length() > MAX_READABLE ? readable.substring(0, MAX_READABLE) : readable)
        + "_"
        + now.getEpochSecond()
        + secret();
  }

  /**
   * Creates a name for a recording of a caller.
   *
   * @param what the kind of recording: at most 100 letters, digits or {@code -}
   * @return a name made of the kind and random digits
   */
  public String ofCaller(String what) {
    return what + secret();
  }

  private String secret() {
    return String.format(Locale.ROOT, "_%016x%016x", random.nextLong(), random.nextLong());
  }
}
