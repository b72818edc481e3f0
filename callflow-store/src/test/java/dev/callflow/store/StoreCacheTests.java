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

/** When the database is asked; it knows nothing, and each question to it is noted. */
class StoreCacheTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType ROOMS = DocumentType.CONFERENCE;
  private static final Key RED = new Key(ACME, ROOMS, "red");

  private final StoreCache cache = new StoreCache();
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void changesAreHeardOf() {
    cache.use();
  }

  @Test
  void whatIsNotThereIsKeptToo() {
    document();
    document();

    assertThat(asked).containsExactly("red");
  }

  @Test
  void aChangeOfADocumentEndsWhatIsKeptOfItsKindAndAccount() {
    document();
    list();

    cache.changed(new Change.OfDocuments(ACME, ROOMS));
    document();
    list();

    assertThat(asked).containsExactly("red", "list", "red", "list");
  }

  @Test
  void aChangeOfAnotherKindOrAccountEndsNothing() {
    document();

    cache.changed(new Change.OfDocuments(ACME, DocumentType.CALLFLOW));
    cache.changed(new Change.OfDocuments(new AccountId("globex"), ROOMS));
    cache.changed(new Change.OfAccount(ACME));
    document();

    assertThat(asked).containsExactly("red");
  }

  @Test
  void anAnswerThatWasReadDuringAChangeIsNotKept() {
    cache.document(
        RED,
        () -> {
          asked.add("before the change");
          cache.changed(new Change.OfDocuments(ACME, ROOMS));
          return Optional.empty();
        });

    document();

    assertThat(asked).containsExactly("before the change", "red");
  }

  @Test
  void aChangeOfAnAccountEndsWhatIsKeptOfAccountsAndRealms() {
    account();
    realm();
    account();
    realm();

    cache.changed(new Change.OfAccount(new AccountId("globex")));
    account();
    realm();

    assertThat(asked).containsExactly("account", "realm", "account", "realm");
  }

  @Test
  void theSystemsConfigurationIsKeptUntilItChanges() {
    system();
    system();
    cache.changed(new Change.OfSystem());
    system();

    assertThat(asked).containsExactly("system", "system");
  }

  @Test
  void whileChangesAreNotHeardOfTheDatabaseIsAsked() {
    document();
    cache.leave();
    document();
    document();
    cache.use();
    document();
    document();

    assertThat(asked).containsExactly("red", "red", "red", "red");
  }

  private void document() {
    cache.document(RED, () -> answer("red", Optional.<StoredDocument>empty()));
  }

  private void list() {
    cache.list(ACME, ROOMS, () -> answer("list", List.of()));
  }

  private void account() {
    cache.account(ACME, () -> answer("account", Optional.empty()));
  }

  private void realm() {
    cache.realm("acme.example.com", () -> answer("realm", Optional.empty()));
  }

  private void system() {
    cache.system(() -> answer("system", Json.object()));
  }

  private <T> T answer(String question, T answer) {
    asked.add(question);
    return answer;
  }
}
