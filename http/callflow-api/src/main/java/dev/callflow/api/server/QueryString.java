package dev.callflow.api.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the query of a URL. Servers must not leave this to a servlet container, which would also
 * read parameters from the body.
 */
public final class QueryString {

  private QueryString() {}

  /**
   * Decodes a query.
   *
   * @param text the query without its question mark, still percent-encoded; null if there is none
   * @return the parameters; of a repeated one only the last value. Text that is not percent-encoded
   *     correctly remains as it is
   */
  public static Map<String, String> parse(@Nullable String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : text == null ? new String[0] : text.split("&")) {
      int equals = part.indexOf('=');
      if (!part.isEmpty()) {
        parameters.put(
            decoded(equals < 0 ? part : part.substring(0, equals)),
            equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
