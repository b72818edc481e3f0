package dev.callflow.api;

import java.util.Map;

/**
 * What a request is answered.
 *
 * @param status the status of HTTP
 * @param headers what else is said: {@code Content-Type}, {@code ETag}
 * @param body the body in UTF-8; empty for none. Must not be changed
 */
public record ApiReply(int status, Map<String, String> headers, byte[] body) {

  /** Copies the headers. */
  public ApiReply {
    headers = Map.copyOf(headers);
  }
}
