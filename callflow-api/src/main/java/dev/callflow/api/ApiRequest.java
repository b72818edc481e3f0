package dev.callflow.api;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request, however it came.
 *
 * @param verb {@code GET}, {@code PUT}, {@code POST}, {@code PATCH} or {@code DELETE}
 * @param path the path, undecoded, such as {@code /v2/accounts/acme/conferences}
 * @param query the parameters, decoded; of one that stands twice, the last
 * @param headers the headers
 * @param body the body; empty if there is none
 */
public record ApiRequest(
    String verb, String path, Map<String, String> query, Map<String, String> headers, String body) {

  /** Copies the maps; names of headers are without case. */
  public ApiRequest {
    query = Map.copyOf(query);
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
  }

  /**
   * Finds a header.
   *
   * @param name its name, in any case
   * @return its value; empty if it is absent or empty
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
        .filter(value -> !value.isEmpty());
  }

  /** Never shows tokens, PINs or what else a request may hold. */
  @Override
  public String toString() {
    return verb + " " + path;
  }
}
