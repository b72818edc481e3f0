package dev.callflow.api.account;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.Violations;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads one page of the list of accounts (docs/spec/api.md#accounts). */
final class AccountList {

  private static final int PAGE_SIZE = 50;
  private static final int MAX_PAGE_SIZE = 1_000;

  private AccountList() {}

  static Answer of(EditableStore store, Map<String, String> query) {
    String size = query.getOrDefault("page_size", String.valueOf(PAGE_SIZE));
    String ascending = query.getOrDefault("ascending", "false");
    if (!size.matches("[1-9]\\d{0,3}") || Integer.parseInt(size) > MAX_PAGE_SIZE) {
      return Violations.of("page_size", "invalid", "must be a number from 1 to " + MAX_PAGE_SIZE);
    }
    if (!ascending.equals("true") && !ascending.equals("false")) {
      return Violations.of("ascending", "enum", "must be \"true\" or \"false\"");
    }
    Comparator<String> order =
        ascending.equals("true") ? Comparator.naturalOrder() : Comparator.reverseOrder();
    return page(store, Optional.ofNullable(query.get("start_key")), order, Integer.parseInt(size));
  }

  private static Answer page(
      EditableStore store, Optional<String> start, Comparator<String> order, int size) {
    List<String> ids =
        store.accounts().stream()
            .map(AccountId::value)
            .filter(id -> start.isEmpty() || order.compare(start.get(), id) <= 0)
            .sorted(order)
            .limit(size + 1L)
            .toList();
    ArrayNode rows = Json.object().arrayNode();
    ids.stream()
        .limit(size)
        .forEach(id -> store.accountBody(new AccountId(id)).ifPresent(body -> add(rows, id, body)));
    Map<String, JsonNode> page = new HashMap<>();
    page.put("page_size", IntNode.valueOf(rows.size()));
    start.ifPresent(key -> page.put("start_key", StringNode.valueOf(key)));
    if (ids.size() > size) {
      page.put("next_start_key", StringNode.valueOf(ids.getLast()));
    }
    return new Answer.Done(200, rows, Optional.empty(), page);
  }

  private static void add(ArrayNode rows, String id, ObjectNode body) {
    ObjectNode row = rows.addObject().put("id", id);
    for (String key : List.of("name", "realm")) {
      Json.text(body, key).ifPresent(value -> row.put(key, value));
    }
  }
}
