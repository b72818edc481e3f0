package dev.callflow.conference.action;

import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Somebody whom a conference can call, as a dial request names them. */
public sealed interface Endpoint {

  /**
   * A device of the account, or all devices of one of its users.
   *
   * @param id the document's id: 32 characters
   */
  record Owned(String id) implements Endpoint {}

  /**
   * A number, called as if somebody of the account had dialled it.
   *
   * @param number digits, {@code *} and {@code #}, perhaps {@code +} before them
   */
  record Number(String number) implements Endpoint {}

  /**
   * An address on the network.
   *
   * @param uri a {@code sip:} or {@code sips:} URI of user, host and perhaps port
   */
  record Sip(String uri) implements Endpoint {}

  /**
   * A device that is not stored.
   *
   * @param device its document
   */
  record Inline(ObjectNode device) implements Endpoint {}

  /**
   * Reads an endpoint.
   *
   * @param value a text or an object
   * @return the endpoint; empty if it is none
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
   * Takes a SIP URI apart.
   *
   * @param uri the URI
   * @return its address; empty if it has more or other parts than user, host and port
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
   * Returns the name by which answers call it.
   *
   * @return the text of the request, or an inline device's id
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
