package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Which reads reach the database. The database is empty and records every read. */
class StoreCacheTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType ROOMS = DocumentType.CONFERENCE;
  private static final Key RED = new Key(ACME, ROOMS, "red");

  private final StoreCache cache = new StoreCache(1 << 20);
  private final List<String> reads = new ArrayList<>();

  @BeforeEach
  void enableTheCache() {
    cache.enable();
  }

  @Test
  void missingDocumentsAreCachedToo() {
    document();
    document();

    assertThat(reads).containsExactly("red");
  }

  @Test
  void aChangeToADocumentInvalidatesItsTypeInTheAccount() {
    document();
    list();

    cache.changed(new Change.OfDocuments(ACME, ROOMS));
    document();
    list();

    assertThat(reads).containsExactly("red", "list", "red", "list");
  }

  @Test
  void numbersAreCachedUntilTheirTypeChangesInTheAccount() {
    number();
    number();
    cache.changed(new Change.OfDocuments(ACME, DocumentType.CALLFLOW));
    number();
    assertThat(reads).containsExactly("number");

    cache.changed(new Change.OfDocuments(ACME, ROOMS));
    number();

    assertThat(reads).containsExactly("number", "number");
  }

  private void number() {
    cache.withNumber(ACME, ROOMS, "1", () -> read("number", List.of()));
  }

  @Test
  void aChangeToAnotherTypeOrAccountInvalidatesNothing() {
    document();

    cache.changed(new Change.OfDocuments(ACME, DocumentType.CALLFLOW));
    cache.changed(new Change.OfDocuments(new AccountId("globex"), ROOMS));
    cache.changed(new Change.OfAccount(ACME));
    document();

    assertThat(reads).containsExactly("red");
  }

  @Test
  void aResultReadDuringAChangeIsNotUsedAgain() {
    cache.document(
        RED,
        () -> {
          reads.add("before the change");
          cache.changed(new Change.OfDocuments(ACME, ROOMS));
          return Optional.empty();
        });

    document();

    assertThat(reads).containsExactly("before the change", "red");
  }

  @Test
  void aChangeToAnAccountInvalidatesAccountsAndRealms() {
    account();
    realm();
    account();
    realm();

    cache.changed(new Change.OfAccount(new AccountId("globex")));
    account();
    realm();

    assertThat(reads).containsExactly("account", "realm", "account", "realm");
  }

  @Test
  void theSystemConfigurationIsCachedUntilItChanges() {
    system();
    system();
    cache.changed(new Change.OfSystem());
    system();

    assertThat(reads).containsExactly("system", "system");
  }

  @Test
  void theMemoryOfAllDocumentsTogetherIsLimited() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100; i++) {
        String id = "c" + i;
        ObjectNode body = Json.object().put("text", "x".repeat(20_000));
        Document document = new Document(ROOMS, id, body, id);
        StoredDocument stored =
            new StoredDocument(document, Revision.of(1, body), Instant.EPOCH, Instant.EPOCH);
        cache.document(new Key(ACME, ROOMS, id), () -> read(id, Optional.of(stored)));
      }
    }

    // A quarter of a cache of 1 MiB has room for twelve of them.
    assertThat(reads).hasSizeGreaterThanOrEqualTo(175);
  }

  @Test
  void aListThatExceedsTheMemoryIsNotCached() {
    ObjectNode body = Json.object().put("text", "x".repeat(100_000));
    List<Document> list = Collections.nCopies(10, new Document(ROOMS, "c", body, "c"));
    for (int i = 0; i < 3; i++) {
      cache.list(ACME, ROOMS, () -> read("list", list));
    }

    assertThat(reads).containsExactly("list", "list", "list");
  }

  @Test
  void aDisabledCacheAlwaysReadsTheDatabase() {
    document();
    cache.disable();
    document();
    document();
    cache.enable();
    document();
    document();

    assertThat(reads).containsExactly("red", "red", "red", "red");
  }

  private void document() {
    cache.document(RED, () -> read("red", Optional.<StoredDocument>empty()));
  }

  private void list() {
    cache.list(ACME, ROOMS, () -> read("list", List.of()));
  }

  private void account() {
    cache.account(ACME, () -> read("account", Optional.empty()));
  }

  private void realm() {
    cache.realm("acme.example.com", () -> read("realm", Optional.empty()));
  }

  private void system() {
    cache.system(() -> read("system", Json.object()));
  }

  private <T> T read(String query, T result) {
    reads.add(query);
    return result;
  }
}
