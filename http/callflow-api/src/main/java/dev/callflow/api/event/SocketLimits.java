package dev.callflow.api.event;

import java.time.Duration;

/**
 * Limits for clients that subscribe to conference events.
 *
 * @param connections the maximum numbers of connected clients
 * @param bindings the maximum number of bindings of a client
 * @param backlog the limits for slow clients
 * @param silence the timeouts for silent connections
 * @param frames the limits for frames that clients send
 * @param authentication the limits for clients that have not authenticated, and how long a token
 *     stays accepted after it has been revoked
 */
public record SocketLimits(
    Connections connections,
    int bindings,
    Backlog backlog,
    Silence silence,
    Frames frames,
    Authentication authentication) {

  /**
   * The maximum numbers of connected clients.
   *
   * @param max the maximum number in total
   * @param maxOfAddress the maximum number for one IP address; addresses in the same IPv6 network
   *     of 64 bits count as one
   * @param maxOfAccount the maximum number for one account; super admins are not counted
   */
  public record Connections(int max, int maxOfAddress, int maxOfAccount) {

    /** Validates the limits, which must be at least 1. */
    public Connections {
      requireLimits(max, maxOfAddress, maxOfAccount);
    }
  }

  /**
   * How far a client may fall behind.
   *
   * @param events the maximum number of waiting events; beyond it, the oldest are dropped and the
   *     client receives a notice
   * @param timeout the time after which a client that reads nothing is disconnected
   */
  public record Backlog(int events, Duration timeout) {

    /** Validates the limit, which must be at least 1, and the timeout, which must be positive. */
    public Backlog {
      requireLimits(events);
      requirePositive(timeout);
    }
  }

  /**
   * The timeouts for silent connections.
   *
   * @param idle the time after which a WebSocket is closed when neither side sends anything
   * @param heartbeat the time without events after which a stream of Server-Sent Events gets a
   *     comment, so that proxies keep the connection open and a broken connection is detected
   */
  public record Silence(Duration idle, Duration heartbeat) {

    /** Validates the timeouts, which must be positive. */
    public Silence {
      requirePositive(idle, heartbeat);
    }
  }

  /**
   * The limits for frames that a client sends.
   *
   * @param maxBytes the maximum size of a frame in bytes
   * @param burst the number of frames allowed at once
   * @param perSecond the number of further frames allowed each second
   */
  public record Frames(int maxBytes, int burst, int perSecond) {

    /** Validates the limits, which must be at least 1. */
    public Frames {
      requireLimits(maxBytes, burst, perSecond);
    }
  }

  /**
   * The limits for authentication.
   *
   * @param maxPending the maximum number of WebSockets that have not authenticated; beyond it, the
   *     one that has waited longest is closed
   * @param timeout the time in which a WebSocket must authenticate
   * @param recheck the interval at which the tokens of connected clients are checked again; a
   *     client whose token has been revoked is disconnected within this time
   */
  public record Authentication(int maxPending, Duration timeout, Duration recheck) {

    /** Validates the limit, which must be at least 1, and the times, which must be positive. */
    public Authentication {
      requireLimits(maxPending);
      requirePositive(timeout, recheck);
    }
  }

  /**
   * The default limits: 10,000 clients, of which 200 may have the same IP address and 1,000 the
   * same account (docs/spec/events.md#websocket).
   */
  public static final SocketLimits STANDARD =
      new SocketLimits(
          new Connections(10_000, 200, 1_000),
          500,
          new Backlog(2_000, Duration.ofSeconds(30)),
          new Silence(Duration.ofHours(1), Duration.ofSeconds(15)),
          new Frames(64 << 10, 200, 50),
          new Authentication(1_000, Duration.ofSeconds(10), Duration.ofSeconds(10)));

  /** Validates the maximum number of bindings, which must be at least 1. */
  public SocketLimits {
    requireLimits(bindings);
  }

  private static void requireLimits(int... limits) {
    for (int limit : limits) {
      if (limit < 1) {
        throw new IllegalArgumentException("a limit must be at least 1, but is " + limit);
      }
    }
  }

  private static void requirePositive(Duration... timeouts) {
    for (Duration timeout : timeouts) {
      if (!timeout.isPositive()) {
        throw new IllegalArgumentException("a timeout must be positive, but is " + timeout);
      }
    }
  }

  /**
   * Returns a copy with other maximum numbers of clients.
   *
   * @param max the maximum number in total
   * @param maxOfAddress the maximum number for one IP address
   * @param maxOfAccount the maximum number for one account
   * @return the limits
   */
  public SocketLimits clients(int max, int maxOfAddress, int maxOfAccount) {
    return new SocketLimits(
        new Connections(max, maxOfAddress, maxOfAccount),
        bindings,
        backlog,
        silence,
        frames,
        authentication);
  }

  /**
   * Returns a copy with other limits for slow clients.
   *
   * @param events the maximum number of waiting events
   * @param timeout the time after which a client that reads nothing is disconnected
   * @return the limits
   */
  public SocketLimits slow(int events, Duration timeout) {
    return new SocketLimits(
        connections, bindings, new Backlog(events, timeout), silence, frames, authentication);
  }

  /**
   * Returns a copy with other timeouts for silent connections.
   *
   * @param idle the time after which a silent WebSocket is closed
   * @param heartbeat the time without events after which Server-Sent Events get a comment
   * @return the limits
   */
  public SocketLimits silent(Duration idle, Duration heartbeat) {
    return new SocketLimits(
        connections, bindings, backlog, new Silence(idle, heartbeat), frames, authentication);
  }

  /**
   * Returns a copy with other limits for frames that clients send.
   *
   * @param maxBytes the maximum size of a frame in bytes
   * @param burst the number of frames allowed at once
   * @param perSecond the number of further frames allowed each second
   * @return the limits
   */
  public SocketLimits sent(int maxBytes, int burst, int perSecond) {
    return new SocketLimits(
        connections,
        bindings,
        backlog,
        silence,
        new Frames(maxBytes, burst, perSecond),
        authentication);
  }

  /**
   * Returns a copy with other limits for authentication.
   *
   * @param maxPending the maximum number of WebSockets that have not authenticated
   * @param timeout the time in which a WebSocket must authenticate
   * @param recheck the interval at which the tokens of connected clients are checked again
   * @return the limits
   */
  public SocketLimits authenticating(int maxPending, Duration timeout, Duration recheck) {
    return new SocketLimits(
        connections,
        bindings,
        backlog,
        silence,
        frames,
        new Authentication(maxPending, timeout, recheck));
  }
}
