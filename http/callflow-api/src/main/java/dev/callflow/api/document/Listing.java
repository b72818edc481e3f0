package dev.callflow.api.document;

import dev.callflow.api.answer.Answer;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoredDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads one page of a list of documents (docs/spec/api.md#documents). */
final class Listing {

  private static final int DEFAULT_PAGE_SIZE = 50;
  private static final int MAX_PAGE_SIZE = 1_000;

  /** The number of documents to read at once when filters may exclude most of them. */
  private static final int BATCH = 500;

  private final EditableStore store;
  private final AccountId account;
  private final DocumentType type;
  private final boolean ascending;
  private final Predicate<StoredDocument> filter;

  private Listing(
      EditableStore store, AccountId account, DocumentType type, Map<String, String> query) {
    this.store = store;
    this.account = account;
    this.type = type;
    ascending = "true".equals(query.get("ascending"));
    filter = Filters.of(query);
  }

  static Answer of(
      EditableStore store,
      AccountId account,
      DocumentType type,
      Kind kind,
      Map<String, String> query) {
    Listing listing = new Listing(store, account, type, query);
    int size = "false".equals(query.get("paginate")) ? Integer.MAX_VALUE : size(query);
    Optional<String> from = Optional.ofNullable(query.get("start_key")).flatMap(Listing::id);
    List<StoredDocument> found = listing.find(from, size);
    boolean more = found.size() > size;
    Kind.Rows live = kind.rows(account);
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    found.stream().limit(size).forEach(stored -> rows.add(row(stored, kind, live)));
    Map<String, JsonNode> page = new HashMap<>();
    page.put("page_size", IntNode.valueOf(rows.size()));
    from.ifPresent(id -> page.put("start_key", StringNode.valueOf(key(id))));
    if (more) {
      page.put("next_start_key", StringNode.valueOf(key(found.getLast().document().id())));
    }
    return new Answer.Done(200, rows, Optional.empty(), page);
  }

  private static int size(Map<String, String> query) {
    String size = query.getOrDefault("page_size", "");
    return size.matches("\\d{1,6}")
        ? Math.clamp(Integer.parseInt(size), 1, MAX_PAGE_SIZE)
        : DEFAULT_PAGE_SIZE;
  }

  /** Finds up to one document more than the page holds; the extra one starts the next page. */
  private List<StoredDocument> find(Optional<String> begin, int size) {
    List<StoredDocument> found = new ArrayList<>();
    Optional<String> from = begin;
    int batch = Math.min(size, BATCH) + 1;
    while (true) {
      List<StoredDocument> read = store.page(account, type, from, ascending, batch);
      boolean last = read.size() < batch;
      // The last document of a full batch is read again as the first of the next batch.
      List<StoredDocument> taken = last ? read : read.subList(0, batch - 1);
      for (StoredDocument document : taken) {
        if (filter.test(document)) {
          found.add(document);
          if (found.size() > size) {
            return found;
          }
        }
      }
      if (last) {
        return found;
      }
      from = Optional.of(read.getLast().document().id());
    }
  }

  private static ObjectNode row(StoredDocument stored, Kind kind, Kind.Rows live) {
    ObjectNode row = Json.object();
    row.put("id", stored.document().id());
    for (String key : kind.listed()) {
      JsonNode value = stored.document().body().get(key);
      if (value != null) {
        row.set(key, value);
      }
    }
    live.add(stored.document().id(), row);
    return row;
  }

  private static String key(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> id(String key) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8))
          .filter(id -> !id.isEmpty());
    } catch (IllegalArgumentException e) {
      // The key was not issued by this API: start at the beginning.
      return Optional.empty();
    }
  }
}
