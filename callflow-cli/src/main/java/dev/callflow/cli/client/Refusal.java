package dev.callflow.cli.client;

import dev.callflow.core.document.Json;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Explains the answers with which a host refuses a request. */
final class Refusal {

  private Refusal() {}

  /**
   * Explains a refusal.
   *
   * @param status the HTTP status
   * @param body the envelope
   * @param account the account of the request
   * @param retryAfter the header {@code Retry-After}
   */
  static HostException of(int status, JsonNode body, String account, Optional<String> retryAfter) {
    String reason = reason(body);
    Optional<String> unknown = Json.text(body.path("data"), "id");
    if (status == 404 && unknown.isPresent()) {
      return new HostException(
          HostException.Kind.REFUSED,
          "the host does not know '"
              + unknown.get()
              + "'; ./callflow rooms and ./callflow participants list what it knows");
    }
    return switch (status) {
      case 401 -> unknownToken();
      case 403 -> noAccess(account);
      case 429 ->
          new HostException(
              HostException.Kind.BUSY,
              "the host takes no more requests for now ("
                  + reason
                  + "); try again "
                  + retryAfter
                      .filter(it -> it.matches("\\d{1,6}"))
                      .map(it -> "in " + it + " seconds")
                      .orElse("later"));
      case 502, 503, 504 ->
          new HostException(
              HostException.Kind.BUSY,
              "the host cannot do this at the moment ("
                  + reason
                  + "), or has done it without knowing; look at the room, and try again");
      case 500, 507 ->
          new HostException(
              HostException.Kind.REFUSED, "the host failed (" + reason + "); see its log");
      default ->
          new HostException(HostException.Kind.REFUSED, "the host refused the request: " + reason);
    };
  }

  static HostException unknownToken() {
    return new HostException(
        HostException.Kind.NO_ACCESS,
        "the host does not know the token; take one that is listed in its system.json, or create"
            + " one with ./callflow token");
  }

  static HostException noAccess(String account) {
    return new HostException(
        HostException.Kind.NO_ACCESS,
        "the token gives no access to the account '"
            + account
            + "'; check --account, or take another token");
  }

  /** Returns the reason in words: a message, or the first violation with its path. */
  private static String reason(JsonNode body) {
    JsonNode data = body.path("data");
    return Json.text(body, "data")
        .or(() -> Json.text(data, "message"))
        .or(() ->
            data.properties().stream()
                .flatMap(path ->
                    path.getValue().properties().stream().map(rule -> violation(path, rule)))
                .flatMap(Optional::stream)
                .findFirst())
        .or(() -> Json.text(body, "message"))
        .orElse("no reason");
  }

  private static Optional<String> violation(
      Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> rule) {
    return Json.text(rule.getValue(), "message")
        .map(message -> path.getKey().replaceFirst("^(data\\.)+", "") + ": " + message);
  }
}
