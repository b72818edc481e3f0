package dev.callflow.api.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose {@code X-Forwarded-For} header is believed. Any other peer could write any
 * address there, so its header is ignored.
 */
public final class TrustedProxies {

  /** No proxy: the client is always the peer of the connection. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<String> ranges;
  private final InetAddressSet addresses = new InetAddressSet();

  private TrustedProxies(List<String> ranges) {
    this.ranges = List.copyOf(ranges);
    addresses.addAll(ranges);
  }

  /**
   * Parses the addresses of proxies. Host names are not accepted, since trust must not depend on a
   * name server.
   *
   * @param ranges IP addresses, or networks such as {@code 10.0.0.0/8}
   * @return the proxies
   * @throws IllegalArgumentException if a range is neither an IP address nor a network
   */
  public static TrustedProxies of(List<String> ranges) {
    for (String range : ranges) {
      String[] parts = range.split("/", 2);
      if (literal(parts[0]).isEmpty() || parts.length == 2 && !parts[1].matches("[0-9]{1,3}")) {
        throw invalid(range, null);
      }
    }
    try {
      return new TrustedProxies(ranges);
    } catch (IllegalArgumentException e) {
      throw invalid(String.join(", ", ranges), e);
    }
  }

  private static IllegalArgumentException invalid(String range, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "a trusted proxy must be an IP address or a network such as 10.0.0.0/8, but is " + range,
        cause);
  }

  /**
   * Returns whether a peer is a trusted proxy.
   *
   * @param address the peer's IP address
   * @return whether its header is believed
   */
  boolean trusts(InetAddress address) {
    return !ranges.isEmpty() && addresses.test(address);
  }

  /**
   * Determines the address of the client: the last address in the chain of proxies that is not that
   * of a trusted proxy. Clients can write anything in front of it.
   *
   * @param peer the address of the peer
   * @param forwardedFor the values of all {@code X-Forwarded-For} headers in order
   * @return the client's address
   */
  InetAddress client(InetAddress peer, List<String> forwardedFor) {
    InetAddress client = peer;
    List<String> hops =
        forwardedFor.stream().flatMap(value -> Stream.of(value.split(","))).toList();
    for (int i = hops.size() - 1; i >= 0 && trusts(client); i--) {
      Optional<InetAddress> hop = literal(withoutPort(hops.get(i).strip()));
      if (hop.isEmpty()) {
        return client;
      }
      client = hop.get();
    }
    return client;
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    return hop.matches("[0-9.]+:[0-9]+") ? hop.substring(0, hop.indexOf(':')) : hop;
  }

  private static Optional<InetAddress> literal(String text) {
    boolean ipv4 =
        text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
            && Arrays.stream(text.split("\\.")).allMatch(part -> Integer.parseInt(part) <= 255);
    boolean ipv6 = text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:.]{2,45}");
    try {
      // This does not query a name server, since the address is a literal.
      return ipv4 || ipv6 ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Returns the addresses as they were written. */
  @Override
  public String toString() {
    return ranges.toString();
  }
}
