package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the conference that the element names or configures
 * (docs/spec/conference.md#finding-the-room).
 *
 * <p>A configuration cannot bypass a stored conference: if it names one, the stored document
 * applies, including its PINs. If the element gives neither an id nor a name, a later step asks the
 * caller for a number.
 */
public final class FindRoom {

  private final Mixer mixer;
  private final RoomDocuments documents;

  public FindRoom(Mixer mixer, RoomDocuments documents) {
    this.mixer = mixer;
    this.documents = documents;
  }

  Result<Optional<Target>> find(Caller caller) {
    if (!mixer.available()) {
      return Result.refused(caller.refuse(ConferenceOutcome.UNAVAILABLE, "conf-unavailable"));
    }
    ConferenceElement element = caller.element();
    Optional<ObjectNode> config = element.config();
    Optional<String> name =
        element
            .id()
            .or(() -> config.flatMap(of -> Json.text(of, "id")))
            .or(() -> config.flatMap(of -> Json.text(of, "name")));
    if (name.isEmpty()) {
      return Result.passed(Optional.empty());
    }
    Optional<ConferenceDocument> stored = stored(caller, name.get());
    if (stored.isEmpty() && element.id().isEmpty()) {
      // A configuration may name a stored conference by its id or by its name.
      stored = config.flatMap(of -> Json.text(of, "name")).flatMap(other -> stored(caller, other));
    }
    return stored
        .or(() -> documents.dialled(new RoomId(caller.call().account(), name.get())))
        .or(() -> config.map(of -> ConferenceDocument.adHoc(name.get(), of)))
        .map(found -> Result.passed(Optional.of(Target.of(caller, found))))
        .orElseGet(
            () -> Result.refused(caller.refuse(ConferenceOutcome.NOT_FOUND, "conf-bad_conf")));
  }

  private Optional<ConferenceDocument> stored(Caller caller, String id) {
    return documents.stored(new RoomId(caller.call().account(), id));
  }
}
