package dev.callflow.api.route;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request without its body.
 *
 * @param verb the HTTP method
 * @param path the path, still percent-encoded
 * @param query the decoded query parameters
 * @param headers the headers by their names in lower case
 * @param client the client's IP address; empty if it is unknown
 */
public record RequestHead(
    String verb,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String client) {

  /**
   * Finds a header.
   *
   * @param name the header's name, in upper or lower case
   * @return the header's value; empty if the header is absent or empty
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
        .filter(value -> !value.isEmpty());
  }

  /** Omits the query and headers, which may contain tokens and PINs. */
  @Override
  public String toString() {
    return verb + " " + path;
  }
}
