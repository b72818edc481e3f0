package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The announcements that processes send to each other. */
class ChangeTests {

  private static final AccountId ACME = new AccountId("acme inc");

  @Test
  void anAnnouncementCanBeReadByAnotherProcess() {
    assertReadable(new Change.OfDocuments(ACME, DocumentType.CALLFLOW), "callflows acme inc");
    assertReadable(new Change.OfAccount(ACME), "account acme inc");
    assertReadable(new Change.OfSystem(), "system");
  }

  private static void assertReadable(Change change, String text) {
    assertThat(change.text()).isEqualTo(text);
    assertThat(Change.read(text)).contains(change);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "callflows", "callflows ", "faxes acme", "systems"})
  void unknownAnnouncementsAreIgnored(String text) {
    assertThat(Change.read(text)).isEmpty();
  }
}
