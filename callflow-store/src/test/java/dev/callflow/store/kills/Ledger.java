package dev.callflow.store.kills;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentNumbers;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records the changes that a host reports, and compares a store with them. A change that was
 * started but not acknowledged may be present or absent, but only as a whole.
 */
final class Ledger {

  /**
   * The expected state of a document.
   *
   * @param stamp the stamp of its content; empty if it was deleted
   * @param revision its revision; for a deleted document, the last one before the deletion
   */
  private record State(OptionalLong stamp, long revision) {
    static final State NEVER = new State(OptionalLong.empty(), 0);

    State put(long stamp) {
      return new State(OptionalLong.of(stamp), revision + 1);
    }

    State removed() {
      return new State(OptionalLong.empty(), revision);
    }
  }

  private record Started(String id, State outcome) {}

  private final boolean revisionsStay;
  private final Map<String, State> acknowledged = new TreeMap<>();
  private final Map<Integer, Started> started = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * Creates a ledger for an empty store.
   *
   * @param revisionsStay whether documents keep their revisions across a restart
   */
  Ledger(boolean revisionsStay) {
    this.revisionsStay = revisionsStay;
  }

  /** Returns the differences found so far. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  void fault(String text) {
    faults.add(text);
  }

  /** Records a line that a host has printed; returns whether it acknowledges a change. */
  boolean read(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "put" -> begin(words, state(words[2]).put(Long.parseLong(words[3])));
      case "remove" -> begin(words, state(words[2]).removed());
      case "done" -> end(Integer.parseInt(words[1]), Long.parseLong(words[2]));
      case "refused" -> started.remove(Integer.parseInt(words[1]));
      case "opening", "unavailable" -> {}
      default -> throw new IllegalArgumentException("unexpected output from a host: " + line);
    }
    return words[0].equals("done");
  }

  private State state(String id) {
    return acknowledged.getOrDefault(id, State.NEVER);
  }

  private void begin(String[] words, State outcome) {
    started.put(Integer.parseInt(words[1]), new Started(words[2], outcome));
  }

  private void end(int writer, long revision) {
    Started change = started.remove(writer);
    if (revisionsStay && revision != change.outcome.revision) {
      faults.add(
          "%s got revision %d instead of %d"
              .formatted(change.id, revision, change.outcome.revision));
    }
    acknowledged.put(change.id, new State(change.outcome.stamp, revision));
  }

  /**
   * Compares all expected documents with a store. For each change that was in progress, the state
   * found in the store becomes the expected one.
   */
  void compare(OpenStore store) {
    Map<String, State> possible = new HashMap<>();
    started.values().forEach(change -> possible.put(change.id, change.outcome));
    started.clear();
    Map<String, StoredDocument> stored = stored(store.documents());
    Set<String> ids = new TreeSet<>(acknowledged.keySet());
    ids.addAll(possible.keySet());
    ids.addAll(stored.keySet());
    for (String id : ids) {
      Optional<StoredDocument> found = Optional.ofNullable(stored.get(id));
      Optional<State> is =
          List.of(state(id), possible.getOrDefault(id, state(id))).stream()
              .filter(state -> matches(id, state, found))
              .findFirst();
      if (is.isEmpty()) {
        faults.add(
            "%s: acknowledged %s, but found %s".formatted(id, brief(state(id)), brief(found)));
      }
      is.ifPresent(state -> acknowledged.put(id, state));
    }
    store.problems().get().forEach(faults::add);
    DocumentContent.TYPES.forEach(type -> compareNumbers(type, store.documents()));
  }

  private static Map<String, StoredDocument> stored(EditableStore store) {
    Map<String, StoredDocument> stored = new HashMap<>();
    for (DocumentType type : DocumentContent.TYPES) {
      for (Document document : store.all(OpenStore.ACCOUNT, type)) {
        store
            .stored(OpenStore.ACCOUNT, type, document.id())
            .ifPresent(it -> stored.put(document.id(), it));
      }
    }
    return stored;
  }

  private boolean matches(String id, State state, Optional<StoredDocument> found) {
    if (state.stamp.isEmpty() || found.isEmpty()) {
      return state.stamp.isEmpty() && found.isEmpty();
    }
    return (!revisionsStay || found.get().revision().number() == state.revision)
        && found.get().document().body().equals(DocumentContent.body(id, state.stamp.getAsLong()));
  }

  private static String brief(State state) {
    return state.stamp.isEmpty()
        ? "none"
        : "revision %d, stamp %d".formatted(state.revision, state.stamp.getAsLong());
  }

  private static String brief(Optional<StoredDocument> found) {
    return found
        .map(it ->
            "revision %d, stamp %s"
                .formatted(it.revision().number(), it.document().body().path("stamp")))
        .orElse("none");
  }

  /** Checks that the numbers of the stored documents are taken, and no others. */
  private void compareNumbers(DocumentType type, EditableStore store) {
    Set<String> ofDocuments = new TreeSet<>();
    for (Document document : store.all(OpenStore.ACCOUNT, type)) {
      for (String number : DocumentNumbers.of(type, document.body())) {
        if (!ofDocuments.add(number)) {
          faults.add(
              "number %s belongs to both %s and another document".formatted(number, document.id()));
        }
      }
    }
    Set<String> taken = taken(type, store);
    if (!taken.equals(ofDocuments)) {
      faults.add(
          "%s: free although a document has them: %s; taken although no document has them: %s"
              .formatted(type, without(ofDocuments, taken), without(taken, ofDocuments)));
    }
  }

  private static Set<String> taken(DocumentType type, EditableStore store) {
    String id = DocumentContent.id(type, WritingHost.WRITERS, 0);
    ObjectNode body = DocumentContent.body(id, DocumentContent.NUMBERS);
    return switch (store.create(OpenStore.ACCOUNT, type, id, body)) {
      case WriteResult.NumbersTaken result -> Set.copyOf(result.numbers());
      case WriteResult.Written result -> {
        store.remove(OpenStore.ACCOUNT, type, id, result.stored().revision());
        yield Set.of();
      }
      case WriteResult.Conflict result -> throw new IllegalStateException(result.toString());
      case WriteResult.QuotaExceeded exceeded ->
          throw new IllegalStateException(exceeded.message());
      case WriteResult.Missing result -> throw new IllegalStateException(result.toString());
    };
  }

  private static Set<String> without(Set<String> all, Set<String> removed) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(removed);
    return rest;
  }
}
