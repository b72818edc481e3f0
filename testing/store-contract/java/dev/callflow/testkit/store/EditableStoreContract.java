package dev.callflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.listen.Subscription;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests a store against the contract of {@link EditableStore}. Implement this interface in a test
 * class.
 *
 * <pre>{@code
 * class MyStoreTests implements EditableStoreContract {
 *   private final MyStore store = new MyStore();
 *
 *   public EditableStore store() {
 *     return store;
 *   }
 *
 *   public void account(AccountId id, ObjectNode body) {
 *     store.account(id, body);
 *   }
 * }
 * }</pre>
 *
 * <p>Some tests write from many threads at once. All tests together take a few seconds at most.
 */
@SuppressWarnings("exports") // JUnit is an optional dependency: only tests need it.
public interface EditableStoreContract {

  /** The account that most tests write to. */
  AccountId ACME = new AccountId("acme");

  /** The number of concurrent writers. */
  int WRITERS = 8;

  /** A revision for documents that do not exist. */
  Revision ANY = new Revision(1, "0123456789abcdef0123456789abcdef");

  /** Another account, which must not be affected. */
  AccountId OTHER = new AccountId("other");

  /** An account that does not exist until a test creates it. */
  AccountId THIRD = new AccountId("third");

  /**
   * Returns the store under test. It must be empty at the start of each test, and must be the same
   * object throughout the test.
   *
   * @return the store
   */
  EditableStore store();

  /**
   * Stores an account or replaces it.
   *
   * @param id the id of the account
   * @param body the account's {@code realm}, {@code preflow} and {@code config}, each optional
   */
  void account(AccountId id, ObjectNode body);

  /**
   * Returns another store for the same documents, such as another process would use. Half of the
   * concurrent writers use it.
   *
   * @return the other store; by default {@link #store()}
   */
  default EditableStore another() {
    return store();
  }

  // ---- Accounts

  /** An account can be found by its id and by its realm, ignoring case. */
  @Test
  default void anAccountIsFoundByIdAndByRealmIgnoringCase() {
    account(
        ACME,
        json(
            """
            {"realm": "Acme.Example.com", "preflow": {"always": "p1"},
             "config": {"conferences": {"pin_timeout": 3000}}}
            """));
    assertThat(store().account(ACME))
        .contains(
            new Account(
                ACME,
                Optional.of("Acme.Example.com"),
                Optional.of("p1"),
                json("{\"conferences\": {\"pin_timeout\": 3000}}")));
    assertThat(store().accountByRealm("aCME.eXAMPLE.COM")).contains(ACME);
  }

  /** A missing account is not found by its id, its realm or an empty realm. */
  @Test
  default void anAccountThatDoesNotExistIsNotFound() {
    account(ACME, json("{}"));
    assertThat(store().account(OTHER)).isEmpty();
    assertThat(store().accountByRealm("acme.example.com")).isEmpty();
    assertThat(store().accountByRealm("")).isEmpty();
  }

  /** Replacing an account replaces its realm, too. */
  @Test
  default void aReplacedAccountLosesItsOldRealm() {
    account(ACME, json("{\"realm\": \"one.example.com\"}"));
    assertThat(store().accountByRealm("one.example.com")).contains(ACME);
    account(ACME, json("{\"realm\": \"two.example.com\"}"));
    assertThat(store().accountByRealm("one.example.com")).isEmpty();
    assertThat(store().accountByRealm("two.example.com")).contains(ACME);
    account(OTHER, json("{\"realm\": \"one.example.com\"}"));
    assertThat(store().accountByRealm("one.example.com")).contains(OTHER);
  }

  /** A created account has all keys of its document, and is found like any other. */
  @Test
  default void anAccountIsCreated() {
    ObjectNode body =
        json(
            """
            {"name": "Acme", "realm": "acme.example.com", "pvt_key": 1,
             "config": {"conferences": {}}}
            """);
    assertThat(store().accountBody(ACME)).isEmpty();
    assertThat(store().createAccount(ACME, body)).isEqualTo(new EditableAccounts.Result.Written());

    assertThat(store().accountBody(ACME)).contains(body);
    assertThat(another().accountByRealm("ACME.example.com")).contains(ACME);
    assertThat(store().account(ACME)).contains(Account.of(ACME, body));
    assertThat(store().accounts()).containsExactly(ACME);
  }

  /** An account that exists is not created again. */
  @Test
  default void anExistingAccountIsNotCreatedAgain() {
    account(ACME, json("{\"name\": \"One\"}"));

    assertThat(store().createAccount(ACME, json("{\"name\": \"Two\"}")))
        .isEqualTo(new EditableAccounts.Result.Exists());
    assertThat(store().accountBody(ACME)).contains(json("{\"name\": \"One\"}"));
  }

  /** Only the expected document of an account is replaced. */
  @Test
  default void onlyTheExpectedDocumentOfAnAccountIsReplaced() {
    ObjectNode one = json("{\"name\": \"One\"}");
    ObjectNode two = json("{\"name\": \"Two\", \"realm\": \"two.example.com\"}");
    assertThat(store().replaceAccount(ACME, one, two))
        .isEqualTo(new EditableAccounts.Result.Missing());
    account(ACME, one);
    assertThat(store().replaceAccount(ACME, one, two))
        .isEqualTo(new EditableAccounts.Result.Written());
    assertThat(store().replaceAccount(ACME, one, json("{}")))
        .isEqualTo(new EditableAccounts.Result.Changed());

    assertThat(store().accountBody(ACME)).contains(two);
    assertThat(store().accountByRealm("two.example.com")).contains(ACME);
  }

  /** The realm of another account is refused, whatever its case; the account's own is not. */
  @Test
  default void theRealmOfAnotherAccountIsRefused() {
    ObjectNode body = json("{\"realm\": \"One.example.com\"}");
    ObjectNode upper = json("{\"realm\": \"ONE.example.com\"}");
    account(ACME, body);

    assertThat(store().createAccount(OTHER, upper))
        .isEqualTo(new EditableAccounts.Result.RealmTaken("ONE.example.com"));
    assertThat(store().accountBody(OTHER)).isEmpty();
    account(OTHER, json("{}"));
    assertThat(store().replaceAccount(OTHER, json("{}"), upper))
        .isEqualTo(new EditableAccounts.Result.RealmTaken("ONE.example.com"));
    assertThat(store().replaceAccount(ACME, body, upper))
        .isEqualTo(new EditableAccounts.Result.Written());
    assertThat(store().accountByRealm("one.example.com")).contains(ACME);
  }

  /** If several writers create accounts with the same realm, exactly one succeeds. */
  @Test
  default void onlyOneOfManyWritersGetsARealm() {
    for (int round = 0; round < 5; round++) {
      ObjectNode body = Json.object().put("realm", "r" + round + ".example.com");
      String name = "a" + round;
      List<EditableAccounts.Result> results =
          together(
              writer -> storeOf(writer).createAccount(new AccountId(name + "-" + writer), body));
      assertThat(results).filteredOn(EditableAccounts.Result.Written.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(EditableAccounts.Result.RealmTaken.class::isInstance)
          .hasSize(WRITERS - 1);
    }
  }

  // ---- Single documents

  /** A new document can be read back and has a revision. */
  @Test
  default void aDocumentIsFoundAsItWasStored() {
    ObjectNode body = json("{\"name\": \"Staff\", \"member\": {\"pins\": [\"1234\"]}}");
    StoredDocument stored = written(create("c1", body));

    assertThat(stored.revision()).isEqualTo(Revision.of(stored.revision().number(), body));
    assertThat(stored.revision().number()).isPositive();
    assertThat(stored.created()).isEqualTo(stored.modified());
    assertThat(stored.document().id()).isEqualTo("c1");
    assertThat(stored.document().body()).isEqualTo(body);
    assertThat(store().stored(ACME, DocumentType.CONFERENCE, "c1")).contains(stored);
    assertThat(store().find(ACME, DocumentType.CONFERENCE, "c1")).contains(stored.document());
  }

  /** Every JSON value is read back unchanged. */
  @Test
  default void everyJsonValueIsReadBackUnchanged() {
    ObjectNode body =
        json(
            """
            {"": null, "a.b": [true, false, [], {}, -0.5, 1e300, 12345678901234567890],
             "quotes": "\\"'`;--/*\\\\", "lines": "\\r\\n\\t\\u0000\\u001f\\u2028",
             "letters": "äß漢字😀", "half": "\\ud83d", "big": "%s"}
            """
                .formatted("x".repeat(200_000)));
    create("c1", body);
    assertThat(find("c1")).map(Document::body).contains(body);
  }

  /** Creating a document whose id is taken is a conflict. */
  @Test
  default void anExistingDocumentIsNotCreatedAgain() {
    Revision revision = written(create("c1", json("{\"name\": \"One\"}"))).revision();
    assertThat(create("c1", json("{\"name\": \"Two\"}")))
        .isEqualTo(new WriteResult.Conflict(revision));
    assertThat(name("c1")).isEqualTo("One");
  }

  /** Documents of other types and accounts may have the same id. */
  @Test
  default void anIdIsUniqueOnlyWithinItsTypeAndAccount() {
    written(create("x", json("{\"name\": \"Conference\"}")));
    written(store().create(ACME, DocumentType.MEDIA, "x", json("{\"name\": \"Media\"}")));
    written(store().create(OTHER, DocumentType.CONFERENCE, "x", json("{\"name\": \"Other\"}")));

    assertThat(name("x")).isEqualTo("Conference");
    assertThat(store().find(ACME, DocumentType.MEDIA, "x").orElseThrow().body().path("name"))
        .hasToString("\"Media\"");
    assertThat(store().find(ACME, DocumentType.USER, "x")).isEmpty();
    assertThat(store().find(new AccountId("third"), DocumentType.CONFERENCE, "x")).isEmpty();
    assertThat(store().find(ACME, DocumentType.CONFERENCE, "X")).isEmpty();
  }

  /** Replacing a document requires its current revision. */
  @Test
  default void aDocumentIsReplacedIfTheRevisionIsCurrent() {
    StoredDocument first = written(create("c1", json("{\"name\": \"One\"}")));
    StoredDocument second = written(replace("c1", json("{\"name\": \"Two\"}"), first.revision()));

    assertThat(second.revision().number()).isEqualTo(first.revision().number() + 1);
    assertThat(second.created()).isEqualTo(first.created());
    assertThat(second.modified()).isAfterOrEqualTo(first.modified());
    assertThat(store().stored(ACME, DocumentType.CONFERENCE, "c1")).contains(second);
    assertThat(name("c1")).isEqualTo("Two");
  }

  /** Writing with any other revision is a conflict, and no change is lost. */
  @Test
  default void aDocumentIsNotReplacedIfTheRevisionIsNotCurrent() {
    Revision first = written(create("c1", json("{\"name\": \"One\"}"))).revision();
    Revision second = written(replace("c1", json("{\"name\": \"Two\"}"), first)).revision();

    assertThat(replace("c1", json("{\"name\": \"Late\"}"), first))
        .isEqualTo(new WriteResult.Conflict(second));
    assertThat(replace("c1", json("{\"name\": \"Early\"}"), next(second)))
        .isEqualTo(new WriteResult.Conflict(second));
    assertThat(remove("c1", first)).isEqualTo(new WriteResult.Conflict(second));
    assertThat(name("c1")).isEqualTo("Two");
  }

  /** A revision with the current number is not the current one if its hash is another. */
  @Test
  default void theWholeRevisionIsCompared() {
    Revision current = written(create("c1", json("{\"name\": \"One\"}"))).revision();
    Revision seen = Revision.of(current.number(), json("{\"name\": \"Seen\"}"));

    assertThat(replace("c1", json("{\"name\": \"Late\"}"), seen))
        .isEqualTo(new WriteResult.Conflict(current));
    assertThat(remove("c1", seen)).isEqualTo(new WriteResult.Conflict(current));
    assertThat(name("c1")).isEqualTo("One");
  }

  /** Equal content has equal hashes, in any order of keys, before and after it is stored. */
  @Test
  default void theHashOfARevisionDependsOnTheContentOnly() {
    ObjectNode body = json("{\"b\": [1, 1.50, 1e300, 12345678901234567890], \"a\": {\"ä\": null}}");
    Revision stored = written(create("c1", body)).revision();

    assertThat(stored)
        .isEqualTo(
            Revision.of(
                stored.number(),
                json(
                    """
                    {"a": {"ä": null}, "id": "c1", "_rev": "7-00",
                     "b": [1, 1.5, 1e300, 12345678901234567890]}
                    """)));
    assertThat(store().stored(ACME, DocumentType.CONFERENCE, "c1"))
        .hasValueSatisfying(it -> assertThat(it.revision()).isEqualTo(stored));
    assertThat(stored.hash())
        .isNotEqualTo(Revision.of(1, json("{\"b\": [1], \"a\": {\"ä\": null}}")).hash());
  }

  /** A missing document cannot be changed. */
  @Test
  default void aMissingDocumentIsNeitherReplacedNorRemoved() {
    assertThat(replace("c1", json("{}"), ANY)).isEqualTo(new WriteResult.Missing());
    assertThat(remove("c1", ANY)).isEqualTo(new WriteResult.Missing());
    assertThat(find("c1")).isEmpty();
  }

  /** A removed document is neither found nor listed, and cannot be changed. */
  @Test
  default void aRemovedDocumentIsNoLongerFound() {
    StoredDocument stored = written(create("c1", json("{\"name\": \"One\"}")));
    assertThat(remove("c1", stored.revision())).isEqualTo(new WriteResult.Written(stored));

    assertThat(find("c1")).isEmpty();
    assertThat(store().all(ACME, DocumentType.CONFERENCE)).isEmpty();
    assertThat(page(Optional.empty(), true, 10)).isEmpty();
    assertThat(remove("c1", stored.revision())).isEqualTo(new WriteResult.Missing());
    assertThat(replace("c1", json("{}"), stored.revision())).isEqualTo(new WriteResult.Missing());
  }

  /** A revision of a removed document does not allow changes to a new one with the same id. */
  @Test
  default void aRecreatedDocumentHasNoEarlierRevision() {
    Revision first = written(create("c1", json("{\"name\": \"One\"}"))).revision();
    Revision second = written(replace("c1", json("{\"name\": \"Two\"}"), first)).revision();
    written(remove("c1", second));
    StoredDocument again = written(create("c1", json("{\"name\": \"Again\"}")));

    assertThat(again.revision().number()).isGreaterThan(second.number());
    assertThat(again.created()).isEqualTo(again.modified());
    assertThat(replace("c1", json("{\"name\": \"Late\"}"), second))
        .isEqualTo(new WriteResult.Conflict(again.revision()));
    assertThat(name("c1")).isEqualTo("Again");
  }

  // ---- Removed accounts

  /** A removed account is not found any more, nor are its documents, its realm and its numbers. */
  @Test
  default void aRemovedAccountTakesItsDocumentsWithIt() {
    account(ACME, json("{\"realm\": \"acme.example.com\"}"));
    account(OTHER, json("{}"));
    written(create("c1", json("{\"conference_numbers\": [\"1\"]}")));
    written(store().create(ACME, DocumentType.USER, "u1", json("{}")));
    written(store().create(OTHER, DocumentType.CONFERENCE, "c1", json("{}")));
    assertThat(store().all(ACME, DocumentType.USER)).hasSize(1);

    assertThat(store().removeAccount(ACME, store().accountBody(ACME).orElseThrow()))
        .isEqualTo(new EditableAccounts.Result.Written());

    assertThat(store().account(ACME)).isEmpty();
    assertThat(store().accountBody(ACME)).isEmpty();
    assertThat(store().accountByRealm("acme.example.com")).isEmpty();
    assertThat(store().accounts()).doesNotContain(ACME).contains(OTHER);
    assertThat(find("c1")).isEmpty();
    assertThat(store().all(ACME, DocumentType.USER)).isEmpty();
    assertThat(page(Optional.empty(), true, 10)).isEmpty();
    assertThat(store().withNumber(ACME, DocumentType.CONFERENCE, "1")).isEmpty();
    assertThat(store().find(OTHER, DocumentType.CONFERENCE, "c1")).isPresent();
  }

  /** Only the account whose document is the expected one is removed. */
  @Test
  default void onlyTheExpectedAccountIsRemoved() {
    account(ACME, json("{\"realm\": \"acme.example.com\"}"));
    written(create("c1", json("{}")));

    assertThat(store().removeAccount(ACME, json("{\"realm\": \"old.example.com\"}")))
        .isEqualTo(new EditableAccounts.Result.Changed());
    assertThat(store().accountByRealm("acme.example.com")).contains(ACME);
    assertThat(find("c1")).isPresent();
    assertThat(store().removeAccount(new AccountId("nobody"), json("{}")))
        .isEqualTo(new EditableAccounts.Result.Missing());
  }

  /** An account with the id of a removed one has none of its documents and revisions. */
  @Test
  default void anAccountWithTheIdOfARemovedOneIsEmpty() {
    account(ACME, json("{\"realm\": \"acme.example.com\"}"));
    Revision revision = written(create("c1", json("{\"conference_numbers\": [\"1\"]}"))).revision();
    store().removeAccount(ACME, store().accountBody(ACME).orElseThrow());

    assertThat(store().createAccount(ACME, json("{\"realm\": \"acme.example.com\"}")))
        .isEqualTo(new EditableAccounts.Result.Written());
    assertThat(page(Optional.empty(), true, 10)).isEmpty();
    StoredDocument again = written(create("c1", json("{\"conference_numbers\": [\"1\"]}")));
    assertThat(again.revision().number()).isGreaterThan(revision.number());
  }

  // ---- Numbers

  /** Two documents of one type and account cannot have the same number. */
  @Test
  default void aNumberBelongsToOneDocumentPerTypeAndAccount() {
    written(create("c1", json("{\"conference_numbers\": [\"100\"], \"name\": \"First\"}")));

    assertThat(
            create(
                "c2",
                json(
                    """
                    {"conference_numbers": ["300"], "member": {"numbers": ["100"]},
                     "moderator": {"numbers": ["200"]}}
                    """)))
        .isEqualTo(new WriteResult.NumbersTaken(List.of("100")));
    assertThat(find("c2")).isEmpty();
    // The refused document has not taken any number.
    written(create("c3", json("{\"conference_numbers\": [\"200\", \"300\"]}")));
    written(store().create(ACME, DocumentType.CALLFLOW, "f1", json("{\"numbers\": [\"100\"]}")));
    written(
        store()
            .create(
                OTHER, DocumentType.CONFERENCE, "c2", json("{\"conference_numbers\": [\"100\"]}")));
  }

  /**
   * A replacement with taken numbers is also refused, and the result lists all the taken numbers.
   */
  @Test
  default void aReplacementCannotTakeAnotherDocumentsNumber() {
    written(create("c1", json("{\"conference_numbers\": [\"2\", \"1\", \"10\"]}")));
    Revision revision = written(create("c2", json("{\"conference_numbers\": [\"3\"]}"))).revision();

    assertThat(
            replace(
                "c2", json("{\"conference_numbers\": [\"3\", \"2\", \"10\", \"4\"]}"), revision))
        .isEqualTo(new WriteResult.NumbersTaken(List.of("10", "2")));
    assertThat(store().stored(ACME, DocumentType.CONFERENCE, "c2"))
        .hasValueSatisfying(it -> assertThat(it.revision()).isEqualTo(revision));
    written(create("c3", json("{\"conference_numbers\": [\"4\"]}")));
  }

  /** A wrong revision takes precedence over taken numbers. */
  @Test
  default void aConflictIsReportedBeforeTakenNumbers() {
    written(create("c1", json("{\"conference_numbers\": [\"1\"]}")));
    Revision revision = written(create("c2", json("{}"))).revision();
    ObjectNode body = json("{\"conference_numbers\": [\"1\"]}");
    assertThat(create("c2", body)).isEqualTo(new WriteResult.Conflict(revision));
    assertThat(replace("c2", body, next(revision))).isEqualTo(new WriteResult.Conflict(revision));
  }

  /** A replacement may keep the document's own numbers, and frees those that it drops. */
  @Test
  default void aReplacementKeepsSomeNumbersAndFreesTheOthers() {
    Revision first =
        written(create("c1", json("{\"conference_numbers\": [\"1\", \"2\", \"1\"]}"))).revision();
    written(replace("c1", json("{\"conference_numbers\": [\"2\", \"3\"]}"), first));

    written(create("c2", json("{\"conference_numbers\": [\"1\"]}")));
    assertThat(create("c3", json("{\"conference_numbers\": [\"2\", \"3\"]}")))
        .isEqualTo(new WriteResult.NumbersTaken(List.of("2", "3")));
  }

  /** Removing a document frees its numbers. */
  @Test
  default void numbersOfARemovedDocumentAreFree() {
    ObjectNode body = json("{\"conference_numbers\": [\"1\"]}");
    written(remove("c1", written(create("c1", body)).revision()));
    written(create("c2", body));
    assertThat(create("c1", body)).isEqualTo(new WriteResult.NumbersTaken(List.of("1")));
  }

  /** Numbers of callflows are compared in their dialled form. */
  @Test
  default void numbersOfCallflowsAreComparedInTheirDialledForm() {
    DocumentType callflow = DocumentType.CALLFLOW;
    written(store().create(ACME, callflow, "f1", json("{\"numbers\": [\"+49 (30) 12-3\"]}")));
    assertThat(store().create(ACME, callflow, "f2", json("{\"numbers\": [\"+4930123\"]}")))
        .isEqualTo(new WriteResult.NumbersTaken(List.of("+4930123")));
    written(store().create(ACME, callflow, "f3", json("{\"numbers\": [\"no_match\"]}")));
    assertThat(store().create(ACME, callflow, "f4", json("{\"numbers\": [\"no_match\"]}")))
        .isEqualTo(new WriteResult.NumbersTaken(List.of("no_match")));
  }

  /** A number may be any string. */
  @Test
  default void anyStringCanBeANumber() {
    List<String> hard =
        List.of(
            "\\u0000", "\\ud83d", "\\udc00", "9".repeat(5_000), "9".repeat(5_001), "ä", "'", "%");
    for (String number : hard) {
      String id = "c" + hard.indexOf(number);
      ObjectNode body = json("{\"conference_numbers\": [\"" + number + "\"]}");
      written(create(id, body));
      assertThat(create("another", body))
          .isEqualTo(
              new WriteResult.NumbersTaken(
                  List.of(body.path("conference_numbers").path(0).asString())));
      assertThat(withNumber(body.path("conference_numbers").path(0).asString()))
          .containsExactly(id);
    }
  }

  /** A document is found by each of its numbers, and no longer by a number that it has lost. */
  @Test
  default void aDocumentIsFoundByItsNumbers() {
    ObjectNode body =
        json(
            """
            {"conference_numbers": ["1", 2], "member": {"numbers": ["3"]},
             "moderator": {"numbers": ["4"]}}
            """);
    Revision first = written(create("c1", body)).revision();
    written(create("c2", json("{\"conference_numbers\": [\"5\"]}")));
    written(store().create(OTHER, DocumentType.CONFERENCE, "o", body));
    for (String number : List.of("1", "2", "3", "4")) {
      assertThat(withNumber(number)).as(number).containsExactly("c1");
    }
    assertThat(store().withNumber(ACME, DocumentType.CONFERENCE, "1"))
        .map(Document::body)
        .containsExactly(body);
    assertThat(withNumber("6")).isEmpty();
    assertThat(withNumber("")).isEmpty();
    assertThat(store().withNumber(ACME, DocumentType.CALLFLOW, "1")).isEmpty();

    Revision second =
        written(replace("c1", json("{\"conference_numbers\": [\"2\", \"6\"]}"), first)).revision();
    assertThat(withNumber("1")).isEmpty();
    assertThat(withNumber("2")).containsExactly("c1");
    assertThat(withNumber("6")).containsExactly("c1");
    written(remove("c1", second));
    assertThat(withNumber("2")).isEmpty();
    assertThat(withNumber("5")).containsExactly("c2");
  }

  // ---- Lists

  /** Lists are ordered by id, independently of the machine's locale. */
  @Test
  default void documentsAreListedInOrderOfTheirIds() {
    for (String id : List.of("b", "a", "C", "_", "ä", "10", "9", "a-1", "a1", "a 2")) {
      written(create(id, json("{}")));
    }
    written(store().create(ACME, DocumentType.MEDIA, "m", json("{}")));
    written(store().create(OTHER, DocumentType.CONFERENCE, "o", json("{}")));

    List<String> inOrder = List.of("10", "9", "C", "_", "a", "a 2", "a-1", "a1", "b", "ä");
    assertThat(store().all(ACME, DocumentType.CONFERENCE)).map(Document::id).isEqualTo(inOrder);
    assertThat(page(Optional.empty(), true, 100)).isEqualTo(inOrder);
    assertThat(page(Optional.empty(), false, 100)).isEqualTo(inOrder.reversed());
  }

  /** A page begins at the given id and has at most the given number of documents. */
  @Test
  default void aPageBeginsAtAnIdAndHasALimit() {
    for (String id : List.of("a", "b", "c", "d")) {
      written(create(id, json("{}")));
    }
    assertThat(page(Optional.empty(), true, 2)).containsExactly("a", "b");
    assertThat(page(Optional.of("c"), true, 5)).containsExactly("c", "d");
    assertThat(page(Optional.of("bb"), true, 1)).containsExactly("c");
    assertThat(page(Optional.empty(), false, 2)).containsExactly("d", "c");
    assertThat(page(Optional.of("bb"), false, 5)).containsExactly("b", "a");
    assertThat(page(Optional.of(""), true, 5)).containsExactly("a", "b", "c", "d");
    assertThat(page(Optional.of("x"), true, 5)).isEmpty();
  }

  // ---- Change listeners

  /** A listener receives the account of every change until its subscription is closed. */
  @Test
  default void listenersReceiveTheAccountOfEachChange() {
    List<AccountId> notified = new CopyOnWriteArrayList<>();
    Subscription subscription = store().onChange(notified::add);
    Revision first = written(create("c1", json("{}"))).revision();
    assertThat(notified).contains(ACME).doesNotContain(OTHER);
    notified.clear();
    Revision second = written(replace("c1", json("{}"), first)).revision();
    assertThat(notified).contains(ACME);
    notified.clear();
    written(remove("c1", second));
    assertThat(notified).contains(ACME);
    account(OTHER, json("{}"));
    assertThat(notified).contains(OTHER);
    subscription.close();
    account(THIRD, json("{}"));
    assertThat(notified).doesNotContain(THIRD);
  }

  /**
   * After a change, no reader finds the old state, not even a listener that is notified during the
   * change.
   */
  @Test
  default void readersSeeChangesAtOnce() {
    assertThat(find("c1")).isEmpty();
    assertThat(store().all(ACME, DocumentType.CONFERENCE)).isEmpty();
    // A store may call for one change twice: at once, and when its database announces it.
    List<Optional<String>> seen = new CopyOnWriteArrayList<>();
    store().onChange(account -> seen.add(find("c1").map(it -> it.body().path("name").asString())));

    Revision first = written(create("c1", json("{\"name\": \"One\"}"))).revision();
    assertThat(seen).contains(Optional.of("One"));
    assertThat(name("c1")).isEqualTo("One");
    assertThat(store().all(ACME, DocumentType.CONFERENCE)).hasSize(1);
    Revision second = written(replace("c1", json("{\"name\": \"Two\"}"), first)).revision();
    assertThat(seen).contains(Optional.of("Two"));
    assertThat(name("c1")).isEqualTo("Two");
    seen.clear();
    written(remove("c1", second));
    assertThat(seen).contains(Optional.empty());
    assertThat(find("c1")).isEmpty();
  }

  // ---- Concurrent writers

  /** No change is lost when several writers change the same document. */
  @Test
  default void concurrentWritersLoseNoChange() {
    int each = 12;
    Revision first = written(create("c1", json("{\"count\": 0}"))).revision();
    Set<Integer> counts = ConcurrentHashMap.newKeySet();
    together(writer -> {
      EditableStore store = storeOf(writer);
      for (int done = 0; done < each; ) {
        StoredDocument now = store.stored(ACME, DocumentType.CONFERENCE, "c1").orElseThrow();
        int count = now.document().body().path("count").asInt() + 1;
        ObjectNode body = Json.object().put("count", count);
        if (store.replace(ACME, DocumentType.CONFERENCE, "c1", body, now.revision())
            instanceof WriteResult.Written(StoredDocument stored)) {
          assertThat(stored.revision().number()).isEqualTo(first.number() + count);
          counts.add(count);
          done++;
        }
      }
      return true;
    });
    assertThat(counts).hasSize(WRITERS * each);
  }

  /** If several writers create the same document, exactly one succeeds. */
  @Test
  default void onlyOneOfManyWritersCreatesADocument() {
    for (int round = 0; round < 10; round++) {
      String id = "c" + round;
      List<WriteResult> results =
          together(writer ->
              storeOf(writer)
                  .create(ACME, DocumentType.CONFERENCE, id, Json.object().put("writer", writer)));
      assertThat(results).filteredOn(WriteResult.Written.class::isInstance).hasSize(1);
      assertThat(results).filteredOn(WriteResult.Conflict.class::isInstance).hasSize(WRITERS - 1);
    }
  }

  /** If several writers claim the same numbers, exactly one gets them. */
  @Test
  default void onlyOneOfManyWritersGetsANumber() {
    for (int round = 0; round < 10; round++) {
      String name = "c" + round;
      ObjectNode body =
          json(
              String.format(
                  Locale.ROOT, "{\"conference_numbers\": [\"%d\", \"1%d\"]}", round, round));
      List<WriteResult> results =
          together(writer ->
              storeOf(writer).create(ACME, DocumentType.CONFERENCE, name + "-" + writer, body));
      assertThat(results).filteredOn(WriteResult.Written.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(WriteResult.NumbersTaken.class::isInstance)
          .hasSize(WRITERS - 1);
    }
  }

  /** A number that moves between documents never has two owners. */
  @Test
  default void aNumberNeverHasTwoOwners() {
    List<List<String>> owned = together(writer -> changeNumbers(storeOf(writer), writer));

    List<String> all = owned.stream().flatMap(List::stream).sorted().toList();
    assertThat(all).doesNotHaveDuplicates().isNotEmpty();
    // All other numbers must be free: no number may be taken without having an owner.
    assertThat(
            create("last", json("{\"conference_numbers\": [\"0\", \"1\", \"2\", \"3\", \"4\"]}")))
        .isEqualTo(new WriteResult.NumbersTaken(all));
  }

  /**
   * Repeatedly tries to give a document two of five numbers. After some of the refusals, removes
   * all numbers from the document. Returns the numbers that the document has in the end.
   */
  private static List<String> changeNumbers(EditableStore store, int writer) {
    String id = "c" + writer;
    StoredDocument now = written(store.create(ACME, DocumentType.CONFERENCE, id, Json.object()));
    for (int turn = 0; turn < 30; turn++) {
      ObjectNode body = Json.object();
      body.putArray("conference_numbers")
          .add(String.valueOf((writer + turn) % 5))
          .add(String.valueOf((writer * 3 + turn * 7) % 5));
      WriteResult result = store.replace(ACME, DocumentType.CONFERENCE, id, body, now.revision());
      if (result instanceof WriteResult.Written(StoredDocument stored)) {
        now = stored;
      } else if (turn % 3 == 0) {
        assertThat(result).isInstanceOf(WriteResult.NumbersTaken.class);
        now =
            written(
                store.replace(ACME, DocumentType.CONFERENCE, id, Json.object(), now.revision()));
      }
    }
    return now.document()
        .body()
        .path("conference_numbers")
        .valueStream()
        .map(JsonNode::asString)
        .distinct()
        .toList();
  }

  // ---- Injection

  /** Ids, numbers and realms are data, never part of a database command. */
  @Test
  default void stringsThatLookLikeCommandsAreStoredUnchanged() {
    List<String> attempts =
        List.of(
            "x' OR '1'='1",
            "x'; DROP TABLE callflow_documents; --",
            "x\\'; DELETE FROM callflow_documents; --",
            "\" OR \"\"=\"",
            ":id",
            "<numbers>",
            "?",
            "${id}",
            "$1",
            "%",
            "_",
            "../../account",
            "x\n--",
            "{d '2020-01-01'}",
            "/*");
    written(create("safe", json("{\"conference_numbers\": [\"1\"]}")));
    for (String attempt : attempts) {
      AccountId account = new AccountId(attempt);
      assertThat(find(attempt)).isEmpty();
      assertThat(store().find(account, DocumentType.CONFERENCE, "safe")).isEmpty();
      assertThat(store().all(account, DocumentType.CONFERENCE)).isEmpty();
      assertThat(store().withNumber(account, DocumentType.CONFERENCE, "1")).isEmpty();
      assertThat(withNumber(attempt)).isEmpty();
      assertThat(store().account(account)).isEmpty();
      assertThat(store().accountByRealm(attempt)).isEmpty();
      assertThat(replace(attempt, json("{}"), ANY)).isEqualTo(new WriteResult.Missing());
      assertThat(remove(attempt, ANY)).isEqualTo(new WriteResult.Missing());

      ObjectNode body = Json.object();
      body.putArray("conference_numbers").add(attempt);
      StoredDocument stored = written(create(attempt, body));
      assertThat(find(attempt)).map(Document::body).contains(body);
      assertThat(create("other", body)).isEqualTo(new WriteResult.NumbersTaken(List.of(attempt)));
      assertThat(page(Optional.of(attempt), true, 1)).containsExactly(attempt);
      written(remove(attempt, stored.revision()));

      account(account, Json.object().put("realm", attempt));
      assertThat(store().accountByRealm(attempt)).contains(account);
    }
    assertThat(store().all(ACME, DocumentType.CONFERENCE))
        .map(Document::id)
        .containsExactly("safe");
  }

  /** Strings that the store cannot use as ids are not found. */
  @Test
  default void stringsThatCannotBeIdsAreNotFound() {
    for (String id : List.of("", "\0", "a\0b", "\ud83d", "x".repeat(100_000))) {
      assertThat(find(id)).isEmpty();
      assertThat(replace(id, json("{}"), ANY)).isEqualTo(new WriteResult.Missing());
      assertThat(remove(id, ANY)).isEqualTo(new WriteResult.Missing());
      assertThat(store().accountByRealm(id)).isEmpty();
      assertThat(page(Optional.of(id), true, 1)).isEmpty();
    }
  }

  // ---- Shorthands

  private WriteResult create(String id, ObjectNode body) {
    return store().create(ACME, DocumentType.CONFERENCE, id, body);
  }

  private WriteResult replace(String id, ObjectNode body, Revision revision) {
    return store().replace(ACME, DocumentType.CONFERENCE, id, body, revision);
  }

  private WriteResult remove(String id, Revision revision) {
    return store().remove(ACME, DocumentType.CONFERENCE, id, revision);
  }

  private Optional<Document> find(String id) {
    return store().find(ACME, DocumentType.CONFERENCE, id);
  }

  private List<String> withNumber(String number) {
    return store().withNumber(ACME, DocumentType.CONFERENCE, number).stream()
        .map(Document::id)
        .toList();
  }

  private String name(String id) {
    return find(id).orElseThrow().body().path("name").asString();
  }

  private List<String> page(Optional<String> from, boolean ascending, int limit) {
    return store().page(ACME, DocumentType.CONFERENCE, from, ascending, limit).stream()
        .map(it -> it.document().id())
        .toList();
  }

  private static Revision next(Revision revision) {
    return new Revision(revision.number() + 1, revision.hash());
  }

  private static StoredDocument written(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return ((WriteResult.Written) result).stored();
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }

  private EditableStore storeOf(int writer) {
    return writer % 2 == 0 ? store() : another();
  }

  private static <T> List<T> together(IntFunction<T> writer) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return IntStream.range(0, WRITERS)
          .mapToObj(number -> CompletableFuture.supplyAsync(() -> writer.apply(number), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }
}
