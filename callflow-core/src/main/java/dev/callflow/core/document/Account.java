package dev.callflow.core.document;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account.
 *
 * @param id the account's id
 * @param realm the SIP domain that the account owns, if any
 * @param preflow the id of the callflow that runs before every other callflow, if any
 * @param config the account's configuration, for instance {@code
 *     {"conferences":{"pin_timeout":3000}}}; must not be changed
 */
public record Account(
    AccountId id, Optional<String> realm, Optional<String> preflow, ObjectNode config) {

  /**
   * Reads an account from its document.
   *
   * @param id the account's id
   * @param body the document, with the optional properties {@code realm}, {@code preflow} and
   *     {@code config}
   * @return the account
   */
  public static Account of(AccountId id, ObjectNode body) {
    return new Account(
        id,
        Json.text(body, "realm"),
        Json.object(body, "preflow").flatMap(preflow -> Json.text(preflow, "always")),
        Json.object(body, "config").orElseGet(Json::object));
  }
}
