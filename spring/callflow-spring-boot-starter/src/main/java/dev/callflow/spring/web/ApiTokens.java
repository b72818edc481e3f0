package dev.callflow.spring.web;

import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.ConfiguredTokens;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.spring.CallflowProperties;
import dev.callflow.spring.InvalidPropertyException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out by which tokens clients authenticate. */
final class ApiTokens {

  private ApiTokens() {}

  /** Returns the tokens of the properties or, if there are none, of the system configuration. */
  static Authenticator of(List<CallflowProperties.Token> tokens, DocumentStore documents) {
    if (tokens.isEmpty()) {
      return new ConfiguredTokens(documents);
    }
    ArrayNode entries = Json.object().arrayNode();
    for (CallflowProperties.Token token : tokens) {
      ObjectNode entry = entries.addObject().put("sha256", token.sha256());
      if (token.account() != null) {
        entry.put("account", token.account());
      }
      if (token.superAdmin()) {
        entry.put("super_admin", true);
      }
      List<String> scopes = token.scopes();
      if (scopes != null) {
        scopes.forEach(entry.putArray("scopes")::add);
      }
      if (token.expires() != null) {
        entry.put("expires", token.expires());
      }
    }
    return InvalidPropertyException.checked("callflow.api.tokens", () -> HashedTokens.of(entries));
  }
}
