package dev.callflow.api;

import dev.callflow.api.answer.FileReply;
import dev.callflow.api.event.StreamRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The reply to a request.
 *
 * @param status the HTTP status
 * @param headers the HTTP headers, such as {@code Content-Type} and {@code ETag}
 * @param body the body in UTF-8; empty if there is none. Must not be modified
 * @param events the event stream to send after the headers instead of a body; pass it to {@link
 *     dev.callflow.api.event.EventHub#follow}
 * @param file the file to send after the headers instead of a body, except for {@code HEAD}; close
 *     it in any case
 */
public record ApiReply(
    int status,
    Map<String, String> headers,
    byte[] body,
    Optional<StreamRequest> events,
    Optional<FileReply> file) {

  /**
   * Creates a reply without an event stream and without a file.
   *
   * @param status the HTTP status
   * @param headers the HTTP headers
   * @param body the body; empty if there is none
   */
  public ApiReply(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, Optional.empty(), Optional.empty());
  }

  /** Copies the headers. */
  public ApiReply {
    headers = Map.copyOf(headers);
  }

  /** Returns a copy that asks the client to wait. */
  ApiReply retryAfter(Duration wait) {
    return header("Retry-After", String.valueOf(wait.plusMillis(999).toSeconds()));
  }

  /** Returns a copy with another header. */
  ApiReply header(String name, String value) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(name, value);
    return new ApiReply(status, all, body, events, file);
  }
}
