package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which reads reach the database. The database is empty and records every read. */
class StoreCacheTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType ROOMS = DocumentType.CONFERENCE;
  private static final Key RED = new Key(ACME, ROOMS, "red");

  private final StoreCache cache = new StoreCache();
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
