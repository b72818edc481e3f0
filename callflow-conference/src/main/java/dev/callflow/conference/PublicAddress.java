package dev.callflow.conference;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Tells URLs that a switch may fetch for somebody outside from those that lead into its own
 * network. Names are not resolved: a name that leads inside is for the switch's firewall.
 */
final class PublicAddress {

  private PublicAddress() {}

  static boolean isAllowed(String text) {
    if (!text.startsWith("http://") && !text.startsWith("https://")) {
      return true;
    }
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      return host != null && uri.getUserInfo() == null && isPublic(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isPublic(String host) {
    if (host.startsWith("[") || host.equals("localhost") || host.endsWith(".localhost")) {
      return false;
    }
    if (host.endsWith(".local") || host.endsWith(".internal") || !host.contains(".")) {
      return false;
    }
    // 0x7f.1 and 127.1 are addresses for some resolvers; a last label of a name is never a number.
    String last = host.substring(host.lastIndexOf('.') + 1);
    if (!last.matches("[0-9].*")) {
      return true;
    }
    if (!host.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
      return false;
    }
    String[] parts = host.split("\\.");
    int first = Integer.parseInt(parts[0]);
    int second = Integer.parseInt(parts[1]);
    boolean octal = Arrays.stream(parts).anyMatch(part -> part.matches("0\\d+"));
    return !octal
        && first != 0
        && first != 10
        && first != 127
        && !(first == 100 && second >= 64 && second < 128)
        && !(first == 169 && second == 254)
        && !(first == 172 && second >= 16 && second < 32)
        && !(first == 192 && second == 168)
        && first < 224;
  }
}
