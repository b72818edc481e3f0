package dev.callflow.api.document;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.route.ParameterRule;
import dev.callflow.api.route.Parameters;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads one page of a list of documents or of what is running (docs/spec/api.md#documents). */
final class Listing {

  private static final int DEFAULT_PAGE_SIZE = 50;
  private static final int MAX_PAGE_SIZE = 1_000;

  /** The number of documents to read at once when filters may exclude most of them. */
  private static final int BATCH = 500;

  /** Returns a number of documents in the order of the list, beginning with an id. */
  @FunctionalInterface
  private interface Pages {
    List<StoredDocument> read(Optional<String> from, int count);
  }

  /** The parameters of a list. */
  static final Parameters PARAMETERS =
      Filters.addTo(
          Parameters.KAZOO
              .with("page_size", ParameterRule.COUNT)
              .with(
                  "start_key",
                  new ParameterRule("a next_start_key of an earlier page", Listing::isKey))
              .with("paginate", ParameterRule.FLAG)
              .with("ascending", ParameterRule.FLAG)
              .with("running", ParameterRule.TEXT));

  private final Pages pages;
  private final Predicate<StoredDocument> filter;

  private Listing(Pages pages, Map<String, String> query) {
    this.pages = pages;
    filter = Filters.of(query);
  }

  static Answer stored(
      EditableStore store,
      AccountId account,
      DocumentType type,
      Kind kind,
      Shown shown,
      Map<String, String> query) {
    boolean ascending = isAscending(query);
    Kind.Rows live = kind.rows(account);
    return new Listing(
            (from, count) ->
                store.page(account, type, from, ascending, count).stream().map(shown::of).toList(),
            query)
        .answer(
            query,
            document -> {
              ObjectNode row = row(document, kind.listed());
              live.add(document.document().id(), row);
              return Optional.of(row);
            },
            Map.of());
  }

  static Answer running(
      EditableStore store,
      AccountId account,
      DocumentType type,
      Kind kind,
      Kind.Running running,
      Shown shown,
      Map<String, String> query) {
    Comparator<String> order =
        isAscending(query) ? Comparator.naturalOrder() : Comparator.reverseOrder();
    List<String> ids = running.ids().stream().sorted(order).toList();
    Kind.Rows live = kind.rows(account);
    return new Listing(
            (from, count) ->
                ids.stream()
                    .filter(id -> from.isEmpty() || order.compare(from.get(), id) <= 0)
                    .limit(count)
                    .map(id -> store.stored(account, type, id).orElseGet(() -> notStored(type, id)))
                    .map(shown::of)
                    .toList(),
            query)
        .answer(
            query,
            document -> {
              ObjectNode row = row(document, running.listed());
              // It may have ended since the ids were read.
              return live.add(document.document().id(), row) ? Optional.of(row) : Optional.empty();
            },
            Map.of("events_from", LongNode.valueOf(running.version())));
  }

  /** Returns a document without keys, which filters treat like any other. */
  private static StoredDocument notStored(DocumentType type, String id) {
    return new StoredDocument(
        new Document(type, id, Json.object(), id),
        new Revision(0, ""),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static boolean isAscending(Map<String, String> query) {
    return "true".equals(query.get("ascending"));
  }

  private Answer answer(
      Map<String, String> query,
      Function<StoredDocument, Optional<ObjectNode>> row,
      Map<String, JsonNode> more) {
    int size = "false".equals(query.get("paginate")) ? Integer.MAX_VALUE : size(query);
    Optional<String> from = Optional.ofNullable(query.get("start_key")).map(Listing::id);
    List<StoredDocument> found = find(from, size);
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    found.stream().limit(size).forEach(document -> row.apply(document).ifPresent(rows::add));
    Map<String, JsonNode> page = new HashMap<>(more);
    page.put("page_size", IntNode.valueOf(rows.size()));
    from.ifPresent(id -> page.put("start_key", StringNode.valueOf(key(id))));
    if (found.size() > size) {
      page.put("next_start_key", StringNode.valueOf(key(found.getLast().document().id())));
    }
    return new Answer.Done(200, rows, Optional.empty(), page);
  }

  private static int size(Map<String, String> query) {
    String size = query.get("page_size");
    return size == null ? DEFAULT_PAGE_SIZE : Math.min(Integer.parseInt(size), MAX_PAGE_SIZE);
  }

  /** Finds up to one document more than the page holds; the extra one starts the next page. */
  private List<StoredDocument> find(Optional<String> begin, int size) {
    List<StoredDocument> found = new ArrayList<>();
    Optional<String> from = begin;
    int batch = Math.min(size, BATCH) + 1;
    while (true) {
      List<StoredDocument> read = pages.read(from, batch);
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

  private static ObjectNode row(StoredDocument stored, List<String> keys) {
    ObjectNode row = Json.object();
    row.put("id", stored.document().id());
    for (String key : keys) {
      JsonNode value = stored.document().body().get(key);
      if (value != null) {
        row.set(key, value);
      }
    }
    return row;
  }

  private static String key(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String id(String key) {
    return new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8);
  }

  private static boolean isKey(String key) {
    try {
      String id = id(key);
      return !id.isEmpty() && key(id).equals(key);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
