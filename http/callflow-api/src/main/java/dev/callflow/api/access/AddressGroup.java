package dev.callflow.api.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Groups IP addresses that belong to one client: limits for an address apply to its group. An IPv4
 * address is a group of its own. An IPv6 client usually has a whole network of 64 bits, so all
 * addresses of such a network form one group.
 */
public final class AddressGroup {

  private static final int MAX_LENGTH = 64;
  private static final int GROUPS_OF_NETWORK = 4;

  private AddressGroup() {}

  /**
   * Returns the group of an address.
   *
   * @param host an IP address; any other text is a group of its own
   * @return the IPv4 address, or the IPv6 network such as {@code 2001:db8:0:1::/64}; safe to log
   */
  public static String of(String host) {
    String address = host.replaceFirst("%.*", "");
    if (address.indexOf(':') < 0 || !address.matches("[0-9A-Fa-f:.]{2,45}")) {
      String safe = host.replaceAll("[^\\w.:-]", "_");
      return safe.substring(0, Math.min(MAX_LENGTH, safe.length()));
    }
    try {
      // This does not query a name server, since the address is a literal.
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? network(parsed.getAddress())
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private static String network(byte[] address) {
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < GROUPS_OF_NETWORK; i++) {
      int group = (address[2 * i] & 0xff) << Byte.SIZE | address[2 * i + 1] & 0xff;
      network.append(Integer.toHexString(group)).append(':');
    }
    return network.append(":/64").toString();
  }
}
