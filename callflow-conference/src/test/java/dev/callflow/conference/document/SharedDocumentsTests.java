package dev.callflow.conference.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SharedDocumentsTests {

  private static final RoomId ROOM = new RoomId(new AccountId("acme"), "board");

  private final SharedDocuments shared = new SharedDocuments();

  @Test
  void participantsOfAConferenceShareItsDocument() {
    Document stored = document("Board");

    ConferenceDocument first = shared.of(ROOM, stored);

    assertThat(shared.of(ROOM, stored)).isSameAs(first);
  }

  @Test
  void aChangedDocumentIsReadAgain() {
    ConferenceDocument first = shared.of(ROOM, document("Board"));

    assertThat(shared.of(ROOM, document("Directors")).name()).isEqualTo("Directors");
    assertThat(first.name()).isEqualTo("Board");
  }

  private static Document document(String name) {
    ObjectNode body = Json.object().put("name", name);
    return new Document(DocumentType.CONFERENCE, "board", body, "board.json");
  }
}
