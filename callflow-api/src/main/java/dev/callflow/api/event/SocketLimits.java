package dev.callflow.api.event;

import java.time.Duration;

/**
 * What clients that watch conferences may use.
 *
 * @param connections how many may be connected
 * @param bindings how many bindings one may have
 * @param backlog how far one may be behind
 * @param silence how long nothing may be sent
 * @param frames what one may send
 */
public record SocketLimits(
    Connections connections, int bindings, Backlog backlog, Silence silence, Frames frames) {

  /**
   * How many clients may be connected at once.
   *
   * @param max in all
   * @param maxOfAddress from one address
   */
  public record Connections(int max, int maxOfAddress) {

    /** Refuses limits below 1. */
    public Connections {
      requireLimits(max, maxOfAddress);
    }
  }

  /**
   * How far a client may be behind.
   *
   * @param events how many events may wait; beyond that the oldest are lost, and the client gets a
   *     notice
   * @param timeout how long the client may take nothing of what is sent before it is disconnected
   */
  public record Backlog(int events, Duration timeout) {

    /** Refuses a limit below 1, and a wait that is none. */
    public Backlog {
      requireLimits(events);
      requireWaits(timeout);
    }
  }

  /**
   * How long nothing may be sent.
   *
   * @param idle how long a WebSocket may be silent, both ways, before it is closed
   * @param heartbeat after how much silence Server-Sent Events get a comment, so that proxies keep
   *     the connection, and a broken one is found
   */
  public record Silence(Duration idle, Duration heartbeat) {

    /** Refuses waits that are none. */
    public Silence {
      requireWaits(idle, heartbeat);
    }
  }

  /**
   * What a client may send.
   *
   * @param maxBytes how many bytes in one frame
   * @param burst how many frames at once
   * @param perSecond how many a second after that
   */
  public record Frames(int maxBytes, int burst, int perSecond) {

    /** Refuses limits below 1. */
    public Frames {
      requireLimits(maxBytes, burst, perSecond);
    }
  }

  /**
   * What holds unless another is set: 10,000 clients, none counted by address
   * (docs/spec/events.md#websocket).
   */
  public static final SocketLimits STANDARD =
      new SocketLimits(
          new Connections(10_000, Integer.MAX_VALUE),
          500,
          new Backlog(2_000, Duration.ofSeconds(30)),
          new Silence(Duration.ofHours(1), Duration.ofSeconds(15)),
          new Frames(64 << 10, 200, 50));

  /** Refuses a limit below 1. */
  public SocketLimits {
    requireLimits(bindings);
  }

  private static void requireLimits(int... limits) {
    for (int limit : limits) {
      if (limit < 1) {
        throw new IllegalArgumentException("limits must be at least 1: " + limit);
      }
    }
  }

  private static void requireWaits(Duration... waits) {
    for (Duration wait : waits) {
      if (!wait.isPositive()) {
        throw new IllegalArgumentException("waits must be longer than nothing: " + wait);
      }
    }
  }

  /**
   * Sets how many may be connected.
   *
   * @param max in all
   * @param maxOfAddress from one address
   * @return the limits
   */
  public SocketLimits clients(int max, int maxOfAddress) {
    return new SocketLimits(new Connections(max, maxOfAddress), bindings, backlog, silence, frames);
  }

  /**
   * Sets what a slow client is allowed.
   *
   * @param events how many events may wait for it
   * @param timeout how long it may take nothing
   * @return the limits
   */
  public SocketLimits slow(int events, Duration timeout) {
    return new SocketLimits(connections, bindings, new Backlog(events, timeout), silence, frames);
  }

  /**
   * Sets what a silent client is allowed.
   *
   * @param idle how long a WebSocket may be silent
   * @param heartbeat after how much silence Server-Sent Events get a comment
   * @return the limits
   */
  public SocketLimits silent(Duration idle, Duration heartbeat) {
    return new SocketLimits(connections, bindings, backlog, new Silence(idle, heartbeat), frames);
  }

  /**
   * Sets what clients may send.
   *
   * @param maxBytes in one frame
   * @param burst how many frames at once
   * @param perSecond how many a second after that
   * @return the limits
   */
  public SocketLimits sent(int maxBytes, int burst, int perSecond) {
    return new SocketLimits(
        connections, bindings, backlog, silence, new Frames(maxBytes, burst, perSecond));
  }
}
