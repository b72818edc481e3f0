package dev.callflow.esl.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A single IP address ({@code 192.0.2.7}) or a network ({@code 10.0.0.0/8}). */
public final class AddressRange {

  private static final int BITS_OF_IPV4 = 32;
  private static final int BITS_OF_IPV6 = 128;

  /** The number of bits before the IPv4 address in an IPv4-mapped IPv6 address. */
  private static final int BITS_OF_MAPPED_PREFIX = BITS_OF_IPV6 - BITS_OF_IPV4;

  private final String text;
  private final byte[] network;
  private final int bits;

  private AddressRange(String text, byte[] network, int bits) {
    this.text = text;
    this.network = network;
    this.bits = bits;
  }

  /**
   * Parses a range. Host names are not accepted, since an access list must not depend on a name
   * server.
   *
   * @param text an IPv4 or IPv6 address, followed by {@code /} and the length of the prefix in bits
   *     if the range is a network
   * @return the range
   * @throws IllegalArgumentException if the text is not a valid range
   */
  public static AddressRange of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes = literal(address, text);
    // Java parses ::ffff:192.0.2.7 as an IPv4 address, but a prefix length after it counts IPv6
    // bits.
    boolean mapped = address.indexOf(':') >= 0 && bytes.length == BITS_OF_IPV4 / Byte.SIZE;
    int all = mapped ? BITS_OF_IPV6 : bytes.length * Byte.SIZE;
    int bits = slash < 0 ? all : bits(text.substring(slash + 1), all, text);
    if (mapped && bits < BITS_OF_MAPPED_PREFIX) {
      throw invalid(text);
    }
    return new AddressRange(text, bytes, mapped ? bits - BITS_OF_MAPPED_PREFIX : bits);
  }

  private static byte[] literal(String address, String text) {
    boolean ipv4 = address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    boolean ipv6 = address.indexOf(':') >= 0 && address.matches("[0-9A-Fa-f:.]{2,45}");
    if (!ipv4 && !ipv6) {
      throw invalid(text);
    }
    try {
      // This does not query a name server, since the address is a literal.
      InetAddress parsed = InetAddress.getByName(address);
      byte[] bytes = parsed.getAddress();
      if (ipv4 && !parsed.getHostAddress().equals(address)) {
        throw invalid(text);
      }
      return bytes;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(invalid(text).getMessage(), e);
    }
  }

  private static int bits(String number, int max, String text) {
    if (!number.matches("[0-9]{1,3}") || Integer.parseInt(number) > max) {
      throw invalid(text);
    }
    return Integer.parseInt(number);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "not an IP address or a network such as 10.0.0.0/8: " + text);
  }

  /**
   * Returns whether an address is in the range. An IPv4 address that is mapped into IPv6 ({@code
   * ::ffff:192.0.2.7}) counts as the IPv4 address.
   *
   * @param address the address of a peer
   * @return true if the address is in the range
   */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (isMapped(bytes)) {
      bytes = unmapped(bytes);
    }
    if (bytes.length != network.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    int mask = rest == 0 ? 0 : 0xff << Byte.SIZE - rest;
    return Arrays.equals(bytes, 0, whole, network, 0, whole)
        && (mask == 0 || ((bytes[whole] ^ network[whole]) & mask & 0xff) == 0);
  }

  private static boolean isMapped(byte[] address) {
    if (address.length != BITS_OF_IPV6 / Byte.SIZE) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
  }

  private static byte[] unmapped(byte[] address) {
    return Arrays.copyOfRange(address, BITS_OF_MAPPED_PREFIX / Byte.SIZE, address.length);
  }

  /** Returns the range as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
