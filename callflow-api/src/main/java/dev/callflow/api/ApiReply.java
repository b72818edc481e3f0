package dev.callflow.api;

import dev.callflow.api.event.Following;
import java.util.Map;
import java.util.Optional;

/**
 * What a request is answered.
 *
 * @param status the status of HTTP
 * @param headers what else is said: {@code Content-Type}, {@code ETag}
 * @param body the body in UTF-8; empty for none. Must not be changed
 * @param events what is to be sent behind the headers instead of a body, by {@link
 *     dev.callflow.api.event.EventHub#follow}
 */
public record ApiReply(
    int status, Map<String, String> headers, byte[] body, Optional<Following> events) {

  /**
   * Makes a reply that has a body, or none.
   *
   * @param status the status of HTTP
   * @param headers what else is said
   * @param body the body
   */
  public ApiReply(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, Optional.empty());
  }

  /** Copies the headers. */
  public ApiReply {
    headers = Map.copyOf(headers);
  }
}
