package dev.callflow.api.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Tells the addresses of the public internet from all others. */
final class PublicAddress {

  /** A network, by the leading bits of its addresses. */
  private record Network(byte[] start, int bits) {

    static Network of(int bits, int... start) {
      byte[] bytes = new byte[start.length];
      for (int i = 0; i < start.length; i++) {
        bytes[i] = (byte) start[i];
      }
      return new Network(bytes, bits);
    }

    boolean contains(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((start[bit / 8] & mask) != (address[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Networks of IANA's registry of special-purpose IPv4 addresses, and multicast. */
  private static final List<Network> SPECIAL_IPV4 =
      List.of(
          Network.of(8, 0),
          Network.of(8, 10),
          Network.of(10, 100, 64),
          Network.of(8, 127),
          Network.of(16, 169, 254),
          Network.of(12, 172, 16),
          Network.of(24, 192, 0, 0),
          Network.of(24, 192, 0, 2),
          Network.of(24, 192, 88, 99),
          Network.of(16, 192, 168),
          Network.of(15, 198, 18),
          Network.of(24, 198, 51, 100),
          Network.of(24, 203, 0, 113),
          Network.of(3, 224));

  /** The only IPv6 network from which public addresses have been assigned. */
  private static final Network GLOBAL_IPV6 = Network.of(3, 0x20);

  /** Within it: tunnels, which lead to any IPv4 address, and documentation. */
  private static final List<Network> SPECIAL_IPV6 =
      List.of(
          Network.of(23, 0x20, 0x01, 0x00),
          Network.of(32, 0x20, 0x01, 0x0d, 0xb8),
          Network.of(16, 0x20, 0x02),
          Network.of(20, 0x3f, 0xff, 0x00));

  private PublicAddress() {}

  /**
   * Returns whether an address is public. IPv4 addresses within IPv6 have been resolved to IPv4 by
   * {@link InetAddress}.
   */
  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? SPECIAL_IPV4.stream().noneMatch(it -> it.contains(bytes))
        : GLOBAL_IPV6.contains(bytes) && SPECIAL_IPV6.stream().noneMatch(it -> it.contains(bytes));
  }
}
