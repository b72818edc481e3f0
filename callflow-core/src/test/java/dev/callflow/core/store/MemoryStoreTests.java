package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The rules for changes. The testkit's store contract tests what every store must do. */
class MemoryStoreTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType CONFERENCE = DocumentType.CONFERENCE;

  private static final Revision ANY = Revision.of(1, Json.object());

  private final MemoryStore store = new MemoryStore();
  private final List<AccountId> changed = new ArrayList<>();

  @BeforeEach
  void listen() {
    store.onChange(changed::add);
  }

  @Test
  void anExistingDocumentIsNotCreatedAgain() {
    Revision revision = revision(create("red", "{}"));

    assertThat(create("red", "{}")).isEqualTo(new WriteResult.Conflict(revision));
  }

  @Test
  void onlyTheGivenRevisionIsReplaced() {
    Revision first = revision(create("red", "{}"));
    Revision second = revision(store.replace(ACME, CONFERENCE, "red", object("{'a':1}"), first));

    assertThat(store.replace(ACME, CONFERENCE, "red", object("{'a':2}"), first))
        .isEqualTo(new WriteResult.Conflict(second));
    assertThat(store.find(ACME, CONFERENCE, "red").orElseThrow().body())
        .isEqualTo(object("{'a':1}"));
  }

  @Test
  void onlyTheGivenRevisionIsRemoved() {
    Revision first = revision(create("red", "{}"));
    Revision second = revision(store.replace(ACME, CONFERENCE, "red", object("{'a':1}"), first));

    assertThat(store.remove(ACME, CONFERENCE, "red", first))
        .isEqualTo(new WriteResult.Conflict(second));
    assertThat(store.remove(ACME, CONFERENCE, "red", second))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(store.find(ACME, CONFERENCE, "red")).isEmpty();
  }

  @Test
  void changesToANonexistentDocumentAreReportedAsMissing() {
    assertThat(store.replace(ACME, CONFERENCE, "red", Json.object(), ANY))
        .isEqualTo(new WriteResult.Missing());
    assertThat(store.remove(ACME, CONFERENCE, "red", ANY)).isEqualTo(new WriteResult.Missing());
  }

  @Test
  void aNumberBelongsToOneDocumentOfItsTypeAndAccount() {
    create("red", "{'conference_numbers':['1','2']}");

    assertThat(create("blue", "{'conference_numbers':['2','3']}"))
        .isEqualTo(new WriteResult.NumbersTaken(List.of("2")));
    assertThat(
            store.create(
                new AccountId("globex"),
                CONFERENCE,
                "blue",
                object("{'conference_numbers':['2']}")))
        .isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void aDocumentKeepsItsOwnNumbers() {
    Revision revision = revision(create("red", "{'conference_numbers':['1']}"));

    assertThat(
            store.replace(
                ACME, CONFERENCE, "red", object("{'conference_numbers':['1']}"), revision))
        .isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void listenersRunOnlyForChanges() {
    create("red", "{}");
    create("red", "{}");

    assertThat(changed).containsExactly(ACME);
  }

  @Test
  void aPageBeginsAtAnIdInEitherOrder() {
    List.of("a", "b", "c", "d").forEach(id -> create(id, "{}"));

    assertThat(page(Optional.of("b"), true, 2)).containsExactly("b", "c");
    assertThat(page(Optional.of("b"), false, 9)).containsExactly("b", "a");
    assertThat(page(Optional.empty(), false, 2)).containsExactly("d", "c");
  }

  @Test
  void aDocumentMarkedAsDeletedIsRemoved() {
    create("red", "{}");

    store.put(ACME, CONFERENCE, "red", object("{'pvt_deleted':true}"));

    assertThat(store.find(ACME, CONFERENCE, "red")).isEmpty();
  }

  private List<String> page(Optional<String> from, boolean ascending, int limit) {
    return store.page(ACME, CONFERENCE, from, ascending, limit).stream()
        .map(it -> it.document().id())
        .toList();
  }

  private WriteResult create(String id, String body) {
    return store.create(ACME, CONFERENCE, id, object(body));
  }

  private static Revision revision(WriteResult result) {
    return ((WriteResult.Written) result).stored().revision();
  }

  private static ObjectNode object(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }
}
