package dev.callflow.core.call;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host whose URLs may be played.
 *
 * <p>The switch fetches the URLs, resolves the name itself and follows redirects, so resolving the
 * name here would prove nothing. Either the host is trusted, or its URLs are refused.
 *
 * @param name the name or address, in lower case
 * @param port the port; empty for the default port of each scheme
 */
record MediaHost(String name, Optional<Integer> port) {

  private static final Pattern HOST =
      Pattern.compile(
          "([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\])"
              + "(?::([0-9]{1,5}))?");

  private static final Pattern URL =
      Pattern.compile(
          "((?:http_cache://)?https?|shout)://"
              + HOST.pattern()
              + "(/[A-Za-z0-9._~:=&+,()%/-]*)?(?:\\?([A-Za-z0-9._~:=&+,()%/?-]*))?");

  /** The last label begins with a letter, because resolvers treat other names as addresses. */
  private static final Pattern PUBLIC_NAME =
      Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]*");

  private static final List<String> LOCAL_NAMES =
      List.of(".localhost", ".local", ".internal", ".localdomain", ".lan", ".home.arpa");

  /**
   * The characters that may be escaped, in addition to letters, digits and non-ASCII characters.
   */
  private static final String ESCAPED = " _~:=&+,()?#-";

  static MediaHost of(String text) {
    Matcher host = HOST.matcher(text);
    if (!host.matches() || !isPort(host.group(2))) {
      throw new IllegalArgumentException(
          "not a media host: "
              + text
              + "; expected, for example, media.example.com or"
              + " media.example.com:8443");
    }
    return new MediaHost(
        host.group(1).toLowerCase(Locale.ROOT),
        Optional.ofNullable(host.group(2)).map(Integer::valueOf));
  }

  /**
   * Returns whether a string is a URL of this host that cannot be misread as a URL of another host.
   */
  boolean allows(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches() || !isPort(url.group(3))) {
      return false;
    }
    int defaultPort = url.group(1).endsWith("https") ? 443 : 80;
    int actual = url.group(3) == null ? defaultPort : Integer.parseInt(url.group(3));
    return name.equals(url.group(2).toLowerCase(Locale.ROOT))
        && port.orElse(defaultPort) == actual
        && isPath(url.group(4) == null ? "" : url.group(4))
        && isEscapedWell(url.group(5) == null ? "" : url.group(5), ESCAPED + "/.");
  }

  /** Returns whether a string is a plain URL whose host has a public name, not an address. */
  static boolean isPublic(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches() || !isPort(url.group(3))) {
      return false;
    }
    String host = url.group(2) + (url.group(3) == null ? "" : ":" + url.group(3));
    return PUBLIC_NAME.matcher(url.group(2)).matches()
        && LOCAL_NAMES.stream().noneMatch(url.group(2).toLowerCase(Locale.ROOT)::endsWith)
        && of(host).allows(text);
  }

  private static boolean isPort(@Nullable String port) {
    return port == null || Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535;
  }

  private static boolean isPath(String path) {
    for (String name : path.split("/", -1)) {
      if (name.equals(".") || name.equals("..")) {
        return false;
      }
    }
    return isEscapedWell(path, ESCAPED)
        && MediaFolder.isSound(path.substring(path.lastIndexOf('/') + 1));
  }

  private static boolean isEscapedWell(String text, String allowed) {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (at + 3 > text.length() || !text.substring(at + 1, at + 3).matches("[0-9A-Fa-f]{2}")) {
        return false;
      }
      int c = Integer.parseInt(text.substring(at + 1, at + 3), 16);
      boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (c < 0x80 && !plain && allowed.indexOf(c) < 0) {
        return false;
      }
    }
    // Rejects invalid UTF-8, because another decoder may read an incomplete character differently.
    return text.isEmpty()
        || URLDecoder.decode(text.replace("+", "%20"), StandardCharsets.UTF_8).indexOf('\ufffd')
            < 0;
  }
}
