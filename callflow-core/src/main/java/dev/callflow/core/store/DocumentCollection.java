package dev.callflow.core.store;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentNumbers;
import dev.callflow.core.document.StoredDocument;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one type in an account, with an index of their numbers. Any thread may read; one
 * thread at a time may write.
 */
final class DocumentCollection {

  /** The whole list, as it was after a number of changes. */
  private record Listed(long changes, List<Document> documents) {}

  private final ConcurrentNavigableMap<String, StoredDocument> byId = new ConcurrentSkipListMap<>();

  /** Usually lists of one document; files may share a number. Ordered by the ids of documents. */
  private final Map<String, List<Document>> byNumber = new ConcurrentHashMap<>();

  private volatile long changes;
  private volatile Listed listed = new Listed(0, List.of());

  @Nullable StoredDocument find(String id) {
    return byId.get(id);
  }

  /** Returns all documents in the order of their ids: the same list until something changes. */
  List<Document> all() {
    long now = changes;
    Listed known = listed;
    if (known.changes == now) {
      return known.documents;
    }
    // A change in the meantime increases the count after it, so that the list is not used again.
    List<Document> documents = byId.values().stream().map(StoredDocument::document).toList();
    listed = new Listed(now, documents);
    return documents;
  }

  List<StoredDocument> page(Optional<String> from, boolean ascending, int limit) {
    NavigableMap<String, StoredDocument> ordered = ascending ? byId : byId.descendingMap();
    return from.map(id -> ordered.tailMap(id, true)).orElse(ordered).values().stream()
        .limit(limit)
        .toList();
  }

  List<Document> withNumber(String number) {
    return byNumber.getOrDefault(number, List.of());
  }

  /** Returns whether a number belongs to a document other than the one with the id. */
  boolean isTaken(String number, String id) {
    return withNumber(number).stream().anyMatch(owner -> !owner.id().equals(id));
  }

  /** Adds or replaces a document; returns the one before. */
  @Nullable StoredDocument put(StoredDocument now) {
    StoredDocument before = byId.put(now.document().id(), now);
    Set<String> numbers = numbers(now.document());
    numbers.forEach(number -> assign(number, now.document()));
    if (before != null) {
      numbers(before.document()).stream()
          .filter(number -> !numbers.contains(number))
          .forEach(number -> release(number, before.document()));
    }
    changes++;
    return before;
  }

  /** Removes a document and returns it. */
  @Nullable StoredDocument remove(String id) {
    // Counted before and after, so that no list contains what can no longer be found.
    changes++;
    StoredDocument gone = byId.remove(id);
    if (gone != null) {
      numbers(gone.document()).forEach(number -> release(number, gone.document()));
    }
    changes++;
    return gone;
  }

  /** Assigns a number in one step, so that a reader finds the old document or the new one. */
  private void assign(String number, Document document) {
    byNumber.merge(
        number,
        List.of(document),
        (owners, added) ->
            Stream.concat(others(owners, document).stream(), added.stream())
                .sorted(Comparator.comparing(Document::id))
                .toList());
  }

  private void release(String number, Document document) {
    byNumber.computeIfPresent(
        number,
        (same, owners) -> {
          List<Document> others = others(owners, document);
          return others.isEmpty() ? null : others;
        });
  }

  private static List<Document> others(List<Document> owners, Document document) {
    return owners.stream().filter(owner -> !owner.id().equals(document.id())).toList();
  }

  private static Set<String> numbers(Document document) {
    return DocumentNumbers.of(document.type(), document.body());
  }
}
