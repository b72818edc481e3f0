package dev.callflow.api.event;

import java.time.Duration;

/**
 * What clients that watch may use.
 *
 * @param most how many may be connected at once
 * @param mostOfAddress how many of them from one address
 * @param bindings how many bindings one may have
 * @param waiting how many events may wait for one; of more, the oldest are lost to him, and he is
 *     told
 * @param patience how long one may take nothing of what is sent before he is disconnected
 * @param idle how long a WebSocket may be silent, both ways, before it is closed
 * @param heartbeat after how much silence Server-Sent Events get a comment, so that those on the
 *     way keep the connection, and a broken one is found
 * @param largestFrame how many bytes a client may send in one frame
 * @param burst how many frames a client may send at once
 * @param perSecond how many a second after that
 */
public record SocketLimits(
    int most,
    int mostOfAddress,
    int bindings,
    int waiting,
    Duration patience,
    Duration idle,
    Duration heartbeat,
    int largestFrame,
    int burst,
    int perSecond) {

  /** What holds unless another is set: 10,000 clients, none counted by address (spec 7.2). */
  public static final SocketLimits STANDARD =
      new SocketLimits(
          10_000,
          Integer.MAX_VALUE,
          500,
          2_000,
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofSeconds(15),
          64 << 10,
          200,
          50);

  /** Refuses limits below 1, and waits that are none. */
  public SocketLimits {
    for (int least :
        new int[] {most, mostOfAddress, bindings, waiting, largestFrame, burst, perSecond}) {
      if (least < 1) {
        throw new IllegalArgumentException("limits must be at least 1: " + least);
      }
    }
    for (Duration wait : new Duration[] {patience, idle, heartbeat}) {
      if (!wait.isPositive()) {
        throw new IllegalArgumentException("waits must be longer than nothing: " + wait);
      }
    }
  }

  /**
   * Sets how many may be connected.
   *
   * @param all in all
   * @param ofAddress from one address
   * @return the limits
   */
  public SocketLimits clients(int all, int ofAddress) {
    return new SocketLimits(
        all,
        ofAddress,
        bindings,
        waiting,
        patience,
        idle,
        heartbeat,
        largestFrame,
        burst,
        perSecond);
  }

  /**
   * Sets what a slow client is allowed.
   *
   * @param events how many events may wait for him
   * @param longest how long he may take nothing
   * @return the limits
   */
  public SocketLimits slow(int events, Duration longest) {
    return new SocketLimits(
        most,
        mostOfAddress,
        bindings,
        events,
        longest,
        idle,
        heartbeat,
        largestFrame,
        burst,
        perSecond);
  }

  /**
   * Sets what a silent client is allowed.
   *
   * @param longest how long a WebSocket may be silent
   * @param between after how much silence Server-Sent Events get a comment
   * @return the limits
   */
  public SocketLimits silent(Duration longest, Duration between) {
    return new SocketLimits(
        most,
        mostOfAddress,
        bindings,
        waiting,
        patience,
        longest,
        between,
        largestFrame,
        burst,
        perSecond);
  }

  /**
   * Sets what clients may send.
   *
   * @param bytes in one frame
   * @param frames at once
   * @param framesPerSecond after that
   * @return the limits
   */
  public SocketLimits sent(int bytes, int frames, int framesPerSecond) {
    return new SocketLimits(
        most,
        mostOfAddress,
        bindings,
        waiting,
        patience,
        idle,
        heartbeat,
        bytes,
        frames,
        framesPerSecond);
  }
}
