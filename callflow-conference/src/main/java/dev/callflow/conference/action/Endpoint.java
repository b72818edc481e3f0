package dev.callflow.conference.action;

import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An endpoint that a conference can dial, as named in a dial request. */
public sealed interface Endpoint {

  /**
   * A device of the account, or all devices of one of its users.
   *
   * @param id the id of the device or user, 32 characters long
   */
  record Owned(String id) implements Endpoint {}

  /**
   * A number, dialled as if a user of the account had dialled it.
   *
   * @param number digits, {@code *} and {@code #}, optionally after a {@code +}
   */
  record Number(String number) implements Endpoint {}

  /**
   * A SIP address.
   *
   * @param uri a {@code sip:} or {@code sips:} URI with user, host and optional port
   */
  record Sip(String uri) implements Endpoint {}

  /**
   * A device that is not stored.
   *
   * @param device the device document
   */
  record Inline(ObjectNode device) implements Endpoint {}

  /**
   * Reads an endpoint from JSON.
   *
   * @param value a string or an object
   * @return the endpoint; empty if the value is not an endpoint
   */
  static Optional<Endpoint> read(JsonNode value) {
    if (value instanceof ObjectNode device) {
      return Optional.of(new Inline(device));
    }
    String text = value.isString() ? value.asString() : "";
    if (text.startsWith("sip:") || text.startsWith("sips:")) {
      return address(text).map(address -> new Sip(text));
    }
    if (text.matches("[A-Za-z0-9_-]{32}") && !DialTarget.isNumber(text)) {
      return Optional.of(new Owned(text));
    }
    if (text.matches("[0-9]{32}")) {
      return Optional.of(new Owned(text));
    }
    return DialTarget.isNumber(text) ? Optional.of(new Number(text)) : Optional.empty();
  }

  /**
   * Parses a SIP URI.
   *
   * @param uri the URI
   * @return the address; empty if the URI is invalid or has parts other than user, host and port
   */
  static Optional<DialTarget.Address> address(String uri) {
    boolean secure = uri.startsWith("sips:");
    String rest = uri.substring(uri.indexOf(':') + 1);
    int at = rest.indexOf('@');
    if (at < 0) {
      return Optional.empty();
    }
    String user = rest.substring(0, at);
    String host = rest.substring(at + 1);
    int port = 0;
    int colon = host.indexOf(':');
    if (colon >= 0) {
      String digits = host.substring(colon + 1);
      if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65_535) {
        return Optional.empty();
      }
      port = Integer.parseInt(digits);
      host = host.substring(0, colon);
    }
    return DialTarget.isUser(user) && DialTarget.isHost(host)
        ? Optional.of(new DialTarget.Address(user, host, port, secure))
        : Optional.empty();
  }

  /**
   * Returns the name by which results identify the endpoint.
   *
   * @return the string from the request, or the id or name of an inline device
   */
  default String label() {
    return switch (this) {
      case Owned(String id) -> id;
      case Number(String number) -> number;
      case Sip(String uri) -> uri;
      case Inline(ObjectNode device) ->
          Json.text(device, "id").or(() -> Json.text(device, "name")).orElse("device");
    };
  }
}
