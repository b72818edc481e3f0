package dev.callflow.conference.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.ReadOnlyStore;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.store.MemoryStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RecordedNamesTests {

  private static final Media NAME = new Media.Recording("username_1");

  private final Bed bed = new Bed();
  private final RecordedNames names = new RecordedNames();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aNameThatCannotBeStoredIsKeptInMemory() {
    bed.document(DocumentType.USER, "ann", "{}");

    names.keep(bed.readOnly, Bed.ACME, user("ann"), NAME);

    assertThat(names.of(Bed.ACME, "ann")).contains(NAME);
  }

  @Test
  void aNameBelongsToOneUserOfOneAccount() {
    bed.document(DocumentType.USER, "ann", "{}");

    names.keep(bed.readOnly, Bed.ACME, user("ann"), NAME);

    assertThat(names.of(Bed.ACME, "bob")).isEmpty();
    assertThat(names.of(new AccountId("other"), "ann")).isEmpty();
  }

  @Test
  void aStoredNameIsNotKeptInMemory() {
    bed.document(DocumentType.USER, "ann", "{}");

    names.keep(bed.store, Bed.ACME, user("ann"), NAME);

    assertThat(names.of(Bed.ACME, "ann")).isEmpty();
    assertThat(bed.store.all(Bed.ACME, DocumentType.MEDIA)).hasSize(1);
  }

  @Test
  void theNameOfADeletedUserIsKeptInMemoryAndLeavesNoMediaDocument() {
    bed.document(DocumentType.USER, "ann", "{}");
    Document ann = user("ann");
    bed.store.remove(Bed.ACME, DocumentType.USER, "ann");

    names.keep(bed.store, Bed.ACME, ann, NAME);

    assertThat(names.of(Bed.ACME, "ann")).contains(NAME);
    assertThat(bed.store.all(Bed.ACME, DocumentType.MEDIA)).isEmpty();
  }

  @Test
  void aConflictingChangeOfTheUserKeepsTheNameInMemoryAndLeavesNoMediaDocument() {
    bed.document(DocumentType.USER, "ann", "{}");
    BusyStore busy = new BusyStore(bed.store, () -> {});

    names.keep(busy, Bed.ACME, user("ann"), NAME);

    assertThat(names.of(Bed.ACME, "ann")).contains(NAME);
    assertThat(bed.store.all(Bed.ACME, DocumentType.MEDIA)).isEmpty();
  }

  @Test
  void aNameIsKeptInMemoryIfTheStoreIsUnavailable() {
    bed.document(DocumentType.USER, "ann", "{}");
    BusyStore down =
        new BusyStore(
            bed.store,
            () -> {
              throw new StoreUnavailableException("the test's store is down");
            });

    names.keep(down, Bed.ACME, user("ann"), NAME);

    assertThat(names.of(Bed.ACME, "ann")).contains(NAME);
  }

  /** A store in which every document has just been changed by someone else. */
  private static final class BusyStore extends ReadOnlyStore implements EditableStore {

    private final MemoryStore of;
    private final Runnable first;

    BusyStore(MemoryStore of, Runnable first) {
      super(of);
      this.of = of;
      this.first = first;
    }

    @Override
    public Optional<StoredDocument> stored(AccountId account, DocumentType type, String id) {
      first.run();
      return of.stored(account, type, id);
    }

    @Override
    public List<StoredDocument> page(
        AccountId account, DocumentType type, Optional<String> from, boolean ascending, int limit) {
      return of.page(account, type, from, ascending, limit);
    }

    @Override
    public Optional<ObjectNode> accountBody(AccountId id) {
      return of.accountBody(id);
    }

    @Override
    public EditableAccounts.Result createAccount(AccountId id, ObjectNode body) {
      return of.createAccount(id, body);
    }

    @Override
    public EditableAccounts.Result replaceAccount(
        AccountId id, ObjectNode before, ObjectNode body) {
      return of.replaceAccount(id, before, body);
    }

    @Override
    public EditableAccounts.Result removeAccount(AccountId id, ObjectNode before) {
      return of.removeAccount(id, before);
    }

    @Override
    public WriteResult create(AccountId account, DocumentType type, String id, ObjectNode body) {
      return of.create(account, type, id, body);
    }

    @Override
    public WriteResult replace(
        AccountId account, DocumentType type, String id, ObjectNode body, Revision revision) {
      return new WriteResult.Conflict(new Revision(revision.number() + 1, revision.hash()));
    }

    @Override
    public WriteResult remove(AccountId account, DocumentType type, String id, Revision revision) {
      return of.remove(account, type, id, revision);
    }
  }

  private Document user(String id) {
    return bed.store.find(Bed.ACME, DocumentType.USER, id).orElseThrow();
  }
}
