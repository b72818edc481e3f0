package dev.callflow.api.audit;

import dev.callflow.api.access.Login;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change or an action that a client has requested.
 *
 * @param account the account that is changed; empty for the host itself
 * @param at when the request was answered
 * @param who the client
 * @param what the request
 * @param status the HTTP status of the reply
 * @param message why the request was refused; empty if it was performed
 */
public record AuditEntry(
    Optional<AccountId> account,
    Instant at,
    Who who,
    What what,
    int status,
    Optional<String> message) {

  private static final int MAX_TEXT = 300;

  /** What is neither printable nor ASCII, so that no client can write lines into the log. */
  private static final String UNPRINTABLE = "[^ -~]";

  /**
   * A client.
   *
   * @param login the token; empty for a login
   * @param name the name of the token; empty if it has none
   * @param address the IP address
   */
  public record Who(Optional<Login> login, String name, String address) {}

  /**
   * A request.
   *
   * @param verb the HTTP method
   * @param path the path, still percent-encoded
   * @param action the action on a conference; empty if it is none
   */
  public record What(String verb, String path, Optional<String> action) {}

  /** Returns the entry as it is kept. */
  AccountRecord record() {
    byte[] id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    return new AccountRecord(
        account,
        RecordKind.AUDIT,
        HexFormat.of().formatHex(id),
        who.login.map(Login::tokenId).orElse(""),
        at,
        body());
  }

  private ObjectNode body() {
    ObjectNode body = Json.object();
    who.login.ifPresent(login -> body.put("token_id", login.tokenId()));
    if (!who.name.isEmpty()) {
      body.put("token_name", who.name);
    }
    body.put("address", shortened(who.address));
    body.put("method", what.verb);
    body.put("path", shortened(what.path));
    what.action.ifPresent(action -> body.put("action", shortened(action)));
    body.put("status", status);
    message.ifPresent(text -> body.put("message", shortened(text)));
    return body;
  }

  /** Describes a kept entry for an administrator. */
  static ObjectNode describe(AccountRecord record) {
    ObjectNode shown = Json.object().put("id", record.id()).put("at", record.at().toString());
    shown.setAll(record.body());
    return shown;
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static String printable(String text) {
    return shortened(text).replaceAll(UNPRINTABLE, "?");
  }

  /** Returns the line of the log. */
  @Override
  public String toString() {
    return who.login.map(login -> "token " + login.tokenId()).orElse("login")
        + (who.name.isEmpty() ? "" : " (" + printable(who.name) + ")")
        + " from "
        + printable(who.address)
        + ": "
        + what.verb
        + " "
        + printable(what.path)
        + what.action.map(action -> " " + printable(action)).orElse("")
        + ": "
        + status
        + message.map(text -> " " + printable(text)).orElse("");
  }
}
