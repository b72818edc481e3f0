package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the room by id or configuration (spec 2.1).
 *
 * <p>A configuration is never a way around a stored conference: one that names it means it, PINs
 * and all. Without an id and a name the caller is asked for a number later.
 */
public final class FindRoom implements AdmissionStep {

  private final Mixer mixer;
  private final RoomDocuments documents;

  public FindRoom(Mixer mixer, RoomDocuments documents) {
    this.mixer = mixer;
    this.documents = documents;
  }

  @Override
  public Optional<Refusal> take(Visit visit) {
    if (!mixer.available()) {
      return Optional.of(visit.refuse(ConferenceOutcome.UNAVAILABLE, "conf-unavailable"));
    }
    Optional<ObjectNode> config = visit.element.config();
    Optional<String> name =
        visit
            .element
            .id()
            .or(() -> config.flatMap(of -> Json.text(of, "id")))
            .or(() -> config.flatMap(of -> Json.text(of, "name")));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<ConferenceDocument> stored = stored(visit, name.get());
    if (stored.isEmpty() && visit.element.id().isEmpty()) {
      // A configuration with both may name a stored conference by either.
      stored = config.flatMap(of -> Json.text(of, "name")).flatMap(other -> stored(visit, other));
    }
    Optional<ConferenceDocument> dialled =
        documents.dialled(new RoomId(visit.call().account(), name.get()));
    if (stored.isPresent()) {
      visit.found(stored.get());
    } else if (dialled.isPresent()) {
      visit.found(dialled.get());
    } else if (config.isPresent()) {
      visit.found(ConferenceDocument.adHoc(name.get(), config.get()));
    } else {
      return Optional.of(visit.refuse(ConferenceOutcome.NOT_FOUND, "conf-bad_conf"));
    }
    return Optional.empty();
  }

  private static Optional<ConferenceDocument> stored(Visit visit, String id) {
    AccountId account = visit.call().account();
    Optional<Document> document = visit.store().find(account, DocumentType.CONFERENCE, id);
    return document.map(ConferenceDocument::stored);
  }
}
