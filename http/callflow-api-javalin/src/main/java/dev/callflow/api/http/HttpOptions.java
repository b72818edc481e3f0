package dev.callflow.api.http;

import dev.callflow.api.server.RequestLimits;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Options of the HTTP server. The limits keep a single client or account from using up the server.
 *
 * @param proxies the proxies whose forwarded addresses are believed
 * @param connections the maximum numbers of open connections
 * @param timing the times in which requests must arrive and responses must be read
 * @param requests the limits for requests that are in progress
 * @param origins the origins whose pages may send requests from a browser, such as {@code
 *     https://console.example.com}; none by default. The page that the server itself serves needs
 *     no entry
 */
public record HttpOptions(
    TrustedProxies proxies,
    Connections connections,
    Timing timing,
    Requests requests,
    Set<String> origins) {

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  /**
   * Copies the origins.
   *
   * @throws IllegalArgumentException if an origin is not a scheme, a host and possibly a port, as
   *     browsers send it
   */
  public HttpOptions {
    origins = Set.copyOf(origins);
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "an origin must be a scheme, a host in lower case and possibly a port, such as"
                + " https://console.example.com, but is "
                + origin);
      }
    }
  }

  /**
   * The maximum numbers of open connections, of requests and WebSockets together. Connections
   * beyond them are not accepted (in total) or closed at once (of an address).
   *
   * @param max the maximum number in total
   * @param maxOfAddress the maximum number for one IP address (IPv6: one network of 64 bits);
   *     connections of trusted proxies are not counted
   */
  public record Connections(int max, int maxOfAddress) {

    /** Validates the limits, which must be at least 1. */
    public Connections {
      requireLimits(max, maxOfAddress);
    }
  }

  /**
   * The times in which requests must arrive and responses must be read.
   *
   * @param headers the time from the first byte of a request to the end of its headers, and from
   *     the opening of a connection to the end of the first headers; a slower connection is closed
   * @param body the time in which the body must arrive; a slower request is refused with 408
   * @param minBytesPerSecond the average rate at which the body must arrive
   * @param grace the time after which the rate is checked
   * @param response the time in which the client must read a response, except an event stream; a
   *     slower connection is closed
   */
  public record Timing(
      Duration headers, Duration body, int minBytesPerSecond, Duration grace, Duration response) {

    /** Validates the times, which must be positive, and the rate, which must be at least 1. */
    public Timing {
      requireLimits(minBytesPerSecond);
      for (Duration time : new Duration[] {headers, body, grace, response}) {
        if (!time.isPositive()) {
          throw new IllegalArgumentException("a time must be positive, but is " + time);
        }
      }
    }
  }

  /**
   * The limits for requests that are in progress. All super admins together count as one account.
   *
   * @param maxBytes the maximum size of a body in bytes; a larger one is refused with 413
   * @param maxOfAccount the maximum number of requests of one account; further ones are refused
   *     with 429
   * @param maxBytesOfAccount the maximum size of all bodies of one account in bytes; further
   *     requests are refused with 429
   * @param maxTotalBytes the maximum size of all bodies in bytes; further requests are refused with
   *     503
   */
  public record Requests(int maxBytes, int maxOfAccount, int maxBytesOfAccount, int maxTotalBytes) {

    /** Validates the limits, which must be at least 1. */
    public Requests {
      requireLimits(maxBytes, maxOfAccount, maxBytesOfAccount, maxTotalBytes);
    }
  }

  /** The default options (docs/api.md#limits-of-the-server). */
  public static final HttpOptions STANDARD =
      new HttpOptions(
          TrustedProxies.NONE,
          new Connections(12_000, 1_000),
          new Timing(
              Duration.ofSeconds(10),
              Duration.ofSeconds(30),
              500,
              Duration.ofSeconds(5),
              Duration.ofSeconds(60)),
          new Requests(4 << 20, 500, 8 << 20, 32 << 20),
          Set.of());

  RequestLimits limits() {
    return new RequestLimits(
        requests.maxBytes(),
        requests.maxOfAccount(),
        requests.maxBytesOfAccount(),
        requests.maxTotalBytes(),
        new RequestLimits.Arrival(timing.body(), timing.minBytesPerSecond(), timing.grace()));
  }

  private static void requireLimits(int... limits) {
    for (int limit : limits) {
      if (limit < 1) {
        throw new IllegalArgumentException("a limit must be at least 1, but is " + limit);
      }
    }
  }

  /**
   * Returns a copy with other trusted proxies.
   *
   * @param proxies the proxies
   * @return the options
   */
  public HttpOptions proxies(TrustedProxies proxies) {
    return new HttpOptions(proxies, connections, timing, requests, origins);
  }

  /**
   * Returns a copy with other maximum numbers of connections.
   *
   * @param connections the numbers
   * @return the options
   */
  public HttpOptions connections(Connections connections) {
    return new HttpOptions(proxies, connections, timing, requests, origins);
  }

  /**
   * Returns a copy with other times.
   *
   * @param timing the times
   * @return the options
   */
  public HttpOptions timing(Timing timing) {
    return new HttpOptions(proxies, connections, timing, requests, origins);
  }

  /**
   * Returns a copy with other limits for requests.
   *
   * @param requests the limits
   * @return the options
   */
  public HttpOptions requests(Requests requests) {
    return new HttpOptions(proxies, connections, timing, requests, origins);
  }

  /**
   * Returns a copy with other origins.
   *
   * @param allowed the origins whose pages may send requests from a browser
   * @return the options
   * @throws IllegalArgumentException if an origin has another format
   */
  public HttpOptions origins(Collection<String> allowed) {
    return new HttpOptions(proxies, connections, timing, requests, Set.copyOf(allowed));
  }
}
