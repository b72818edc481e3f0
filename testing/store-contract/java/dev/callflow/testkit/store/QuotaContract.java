package dev.callflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.document.WriteResult.Quota;
import dev.callflow.core.document.WriteResult.QuotaExceeded;
import dev.callflow.core.store.Quotas;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests how a store limits the documents of an account. Implement this interface in a test class of
 * a store that has {@link Quotas}.
 */
@SuppressWarnings("exports") // JUnit is an optional dependency: only tests need it.
public interface QuotaContract {

  /** The account that most tests write to. */
  AccountId ACME = new AccountId("acme");

  /** Another account, whose documents do not count. */
  AccountId OTHER = new AccountId("other");

  /**
   * Returns an empty store in which documents of {@link #ACME} and {@link #OTHER} can be stored.
   * Called once in each test.
   *
   * @param quotas the limits of the store
   * @return the store
   * @throws Exception if the store cannot be created
   */
  EditableStore store(Quotas quotas) throws Exception;

  /**
   * A document of the maximum size is stored; a larger one is refused.
   *
   * @throws Exception if the store cannot be created
   */
  @Test
  default void theSizeOfADocumentIsLimited() throws Exception {
    EditableStore store = store(Quotas.standard().documentBytes(100));
    ObjectNode largest = Json.object().put("text", "ä".repeat(44) + "x");
    ObjectNode larger = Json.object().put("text", "ä".repeat(45));
    QuotaExceeded refusal = new QuotaExceeded(Quota.DOCUMENT_BYTES, 100, 101);

    assertThat(store.quotaExceededBy(largest)).isEmpty();
    assertThat(store.quotaExceededBy(larger)).contains(refusal);
    assertThat(create(store, "c1", larger)).isEqualTo(refusal);
    assertThat(store.find(ACME, DocumentType.CONFERENCE, "c1")).isEmpty();
    Revision revision = written(create(store, "c1", largest));
    assertThat(store.replace(ACME, DocumentType.CONFERENCE, "c1", larger, revision))
        .isEqualTo(refusal);
    assertThat(refusal.message()).isEqualTo("the document has 101 bytes; the maximum is 100");
  }

  /**
   * Keys and list entries at all levels count.
   *
   * @throws Exception if the store cannot be created
   */
  @Test
  default void theNumberOfKeysOfADocumentIsLimited() throws Exception {
    EditableStore store = store(Quotas.standard().documentKeys(5));

    written(create(store, "c1", json("{\"a\": {\"b\": [1, 2]}, \"c\": 3}")));
    assertThat(create(store, "c2", json("{\"a\": {\"b\": [1, 2]}, \"c\": [3]}")))
        .isEqualTo(new QuotaExceeded(Quota.DOCUMENT_KEYS, 5, 6));
  }

  /**
   * Documents of all types count; removing one makes room.
   *
   * @throws Exception if the store cannot be created
   */
  @Test
  default void theNumberOfDocumentsOfAnAccountIsLimited() throws Exception {
    EditableStore store = store(Quotas.standard().documents(2));
    Revision first = written(create(store, "c1", text(1)));
    written(store.create(ACME, DocumentType.MEDIA, "m1", text(1)));

    assertThat(create(store, "c2", text(1))).isEqualTo(new QuotaExceeded(Quota.DOCUMENTS, 2, 3));
    written(store.create(OTHER, DocumentType.CONFERENCE, "c2", text(1)));
    Revision second = written(store.replace(ACME, DocumentType.CONFERENCE, "c1", text(2), first));
    written(store.remove(ACME, DocumentType.CONFERENCE, "c1", second));
    written(create(store, "c2", text(1)));
    assertThat(create(store, "c1", text(1))).isInstanceOf(QuotaExceeded.class);
  }

  /**
   * The sizes of all documents count; a smaller or removed document makes room.
   *
   * @throws Exception if the store cannot be created
   */
  @Test
  default void theSizeOfAllDocumentsOfAnAccountIsLimited() throws Exception {
    EditableStore store = store(Quotas.standard().bytes(1_000));
    Revision first = written(create(store, "c1", text(500)));
    Revision other = written(create(store, "c2", text(500)));

    assertThat(create(store, "c3", text(20)))
        .isEqualTo(new QuotaExceeded(Quota.BYTES, 1_000, 1_020));
    assertThat(store.replace(ACME, DocumentType.CONFERENCE, "c1", text(501), first))
        .isEqualTo(new QuotaExceeded(Quota.BYTES, 1_000, 1_001));
    written(store.create(OTHER, DocumentType.CONFERENCE, "c3", text(20)));
    written(store.replace(ACME, DocumentType.CONFERENCE, "c1", text(480), first));
    written(create(store, "c3", text(20)));
    written(store.remove(ACME, DocumentType.CONFERENCE, "c2", other));
    written(create(store, "c4", text(500)));
    assertThat(create(store, "c5", text(20))).isInstanceOf(QuotaExceeded.class);
  }

  /**
   * Only successful changes count.
   *
   * @throws Exception if the store cannot be created
   */
  @Test
  default void refusedChangesDoNotCount() throws Exception {
    EditableStore store = store(Quotas.standard().documents(2));
    Revision first = written(create(store, "c1", json("{\"conference_numbers\": [\"1\"]}")));
    for (int i = 0; i < 5; i++) {
      assertThat(create(store, "c1", text(1))).isEqualTo(new WriteResult.Conflict(first));
      assertThat(create(store, "c2", json("{\"conference_numbers\": [\"1\"]}")))
          .isInstanceOf(WriteResult.NumbersTaken.class);
      assertThat(store.remove(ACME, DocumentType.CONFERENCE, "c3", first))
          .isInstanceOf(WriteResult.Missing.class);
    }
    written(create(store, "c2", text(1)));
    assertThat(create(store, "c3", text(1))).isInstanceOf(QuotaExceeded.class);
  }

  /**
   * Concurrent writers do not exceed the limit, and reach it.
   *
   * @throws Exception if the store cannot be created
   */
  @Test
  default void concurrentWritersReachTheLimitExactly() throws Exception {
    EditableStore store = store(Quotas.standard().documents(10));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<WriteResult> results =
          IntStream.range(0, 16)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(() -> create(store, "c" + i, text(1)), threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(results).filteredOn(WriteResult.Written.class::isInstance).hasSize(10);
      assertThat(results).filteredOn(QuotaExceeded.class::isInstance).hasSize(6);
    }
    assertThat(store.all(ACME, DocumentType.CONFERENCE)).hasSize(10);
  }

  private static WriteResult create(EditableStore store, String id, ObjectNode body) {
    return store.create(ACME, DocumentType.CONFERENCE, id, body);
  }

  private static Revision written(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return ((WriteResult.Written) result).stored().revision();
  }

  /** Returns a document of a given size, at least 12 bytes, or the smallest one. */
  private static ObjectNode text(int bytes) {
    return Json.object().put("text", "x".repeat(Math.max(0, bytes - 11)));
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }
}
