package dev.callflow.conference.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordedNamesTests {

  private static final Media NAME = new Media.Recording("username_1");

  private final Bed bed = new Bed();
  private final RecordedNames names = new RecordedNames();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aNameThatCannotBeStoredIsRemembered() {
    bed.document(DocumentType.USER, "ann", "{}");

    names.keep(bed.readOnly, Bed.ACME, user("ann"), NAME);

    assertThat(names.of(Bed.ACME, "ann")).contains(NAME);
  }

  @Test
  void aNameIsRememberedForOneUserOfOneAccount() {
    bed.document(DocumentType.USER, "ann", "{}");

    names.keep(bed.readOnly, Bed.ACME, user("ann"), NAME);

    assertThat(names.of(Bed.ACME, "bob")).isEmpty();
    assertThat(names.of(new AccountId("other"), "ann")).isEmpty();
  }

  @Test
  void aNameThatIsStoredIsNotRememberedAsWell() {
    bed.document(DocumentType.USER, "ann", "{}");

    names.keep(bed.store, Bed.ACME, user("ann"), NAME);

    assertThat(names.of(Bed.ACME, "ann")).isEmpty();
    assertThat(bed.store.all(Bed.ACME, DocumentType.MEDIA)).hasSize(1);
  }

  @Test
  void theNameOfAUserWhoHasBeenDeletedMeanwhileIsRememberedAndLeavesNoMedium() {
    bed.document(DocumentType.USER, "ann", "{}");
    Document ann = user("ann");
    bed.store.remove(Bed.ACME, DocumentType.USER, "ann");

    names.keep(bed.store, Bed.ACME, ann, NAME);

    assertThat(names.of(Bed.ACME, "ann")).contains(NAME);
    assertThat(bed.store.all(Bed.ACME, DocumentType.MEDIA)).isEmpty();
  }

  private Document user(String id) {
    return bed.store.find(Bed.ACME, DocumentType.USER, id).orElseThrow();
  }
}
