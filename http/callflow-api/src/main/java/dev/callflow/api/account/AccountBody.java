package dev.callflow.api.account;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Revision;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document of an account, as clients see and change it. */
final class AccountBody {

  /** The keys that only super admins may change: what the operator of the host grants. */
  static final List<String> OF_SUPER_ADMINS = List.of("realm", "config");

  private AccountBody() {}

  /** Returns the document that a client sees, with its id and without private keys. */
  static ObjectNode shown(AccountId id, ObjectNode body, boolean withConfig) {
    ObjectNode shown = withoutPrivate(body);
    if (!withConfig) {
      shown.remove("config");
    }
    return shown.put("id", id.value());
  }

  /**
   * Returns the revision of an account. Its number is always 1, because the stores do not count the
   * changes of accounts; the hash is that of the whole document.
   */
  static Revision revision(ObjectNode body) {
    return Revision.of(1, body);
  }

  /** Returns a copy without the id, which the path determines, and without private keys. */
  static ObjectNode withoutPrivate(ObjectNode body) {
    ObjectNode copy = body.deepCopy();
    copy.remove("id");
    copy.remove(privateKeys(body));
    return copy;
  }

  /** Returns a document with the private keys of the one that it replaces. */
  static ObjectNode replacing(ObjectNode before, ObjectNode body) {
    ObjectNode whole = withoutPrivate(body);
    privateKeys(before).forEach(key -> whole.set(key, before.path(key)));
    return whole;
  }

  /** Returns a document with changed keys; null removes a key. */
  static ObjectNode merged(ObjectNode before, ObjectNode change) {
    ObjectNode whole = before.deepCopy();
    merge(whole, withoutPrivate(change));
    return whole;
  }

  private static void merge(ObjectNode into, ObjectNode change) {
    for (Map.Entry<String, JsonNode> entry : change.properties()) {
      String key = entry.getKey();
      switch (entry.getValue()) {
        case JsonNode value when value.isNull() -> into.remove(key);
        case ObjectNode part when into.get(key) instanceof ObjectNode old -> merge(old, part);
        case ObjectNode part -> merge(into.putObject(key), part);
        case JsonNode value -> into.set(key, value);
      }
    }
  }

  private static List<String> privateKeys(ObjectNode body) {
    return body.propertyNames().stream()
        .filter(key -> key.startsWith("_") || key.startsWith("pvt_"))
        .toList();
  }
}
