package dev.callflow.api;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An API request, independent of the server that received it.
 *
 * @param verb the HTTP method: {@code GET}, {@code HEAD}, {@code PUT}, {@code POST}, {@code PATCH}
 *     or {@code DELETE}
 * @param path the path, still percent-encoded, such as {@code /v2/accounts/acme/conferences}
 * @param query the decoded query parameters; if a parameter is repeated, only its last value is
 *     kept
 * @param headers the headers
 * @param body the body; empty if there is none
 * @param client the client's IP address, which is the forwarded one behind a proxy; if it is empty,
 *     failed authentications are not counted
 */
public record ApiRequest(
    String verb,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body,
    String client) {

  /** Copies the maps and makes header names case-insensitive. */
  public ApiRequest {
    query = Map.copyOf(query);
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
  }

  /**
   * Creates a request of a client whose address is unknown.
   *
   * @param verb the HTTP method
   * @param path the path, still percent-encoded
   * @param query the decoded query parameters
   * @param headers the headers
   * @param body the body; empty if there is none
   */
  public ApiRequest(
      String verb,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {
    this(verb, path, query, headers, body, "");
  }

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

  /** Omits the query, headers and body, which may contain tokens and PINs. */
  @Override
  public String toString() {
    return verb + " " + path;
  }
}
