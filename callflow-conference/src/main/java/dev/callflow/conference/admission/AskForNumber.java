package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Digits;
import dev.callflow.core.call.Keys;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Asks for the number of a conference, if none has been found yet (spec section 3). */
public final class AskForNumber implements AdmissionStep {

  static final int TRIES = 3;
  static final int MOST_DIGITS = 16;
  static final Duration UNLESS_CONFIGURED = Duration.ofSeconds(5);
  static final Duration BETWEEN_DIGITS = Duration.ofSeconds(2);

  @Override
  public Optional<Refusal> take(Visit visit) {
    if (visit.found().isPresent()) {
      return Optional.empty();
    }
    Duration first =
        visit
            .element
            .config()
            .flatMap(config -> Json.integer(config, "number_timeout"))
            .filter(millis -> millis > 0)
            .map(Duration::ofMillis)
            .or(() -> visit.settings.millis("number_timeout"))
            .orElse(UNLESS_CONFIGURED);
    for (int i = 0; i < TRIES; i++) {
      Digits number =
          visit
              .call()
              .collect(visit.prompt("conf-enter_conf_number"), MOST_DIGITS, first, BETWEEN_DIGITS);
      Optional<ConferenceDocument> conference = byNumber(visit, number.value());
      if (conference.isPresent()) {
        visit.moderatorByNumber = role(conference.get(), number.value());
        visit.found(conference.get());
        return Optional.empty();
      }
      visit.call().play(visit.prompt("conf-bad_conf"), Keys.INTERRUPT);
    }
    return Optional.of(visit.refuse(ConferenceOutcome.BAD_NUMBER, "conf-too_many_attempts"));
  }

  /** Exactly one conference must have the number; one that has it twice counts once. */
  private static Optional<ConferenceDocument> byNumber(Visit visit, String number) {
    if (number.isEmpty()) {
      return Optional.empty();
    }
    List<Document> having =
        visit.store().all(visit.call().account(), DocumentType.CONFERENCE).stream()
            .filter(document -> has(ConferenceDocument.stored(document), number))
            .toList();
    return having.size() == 1
        ? Optional.of(ConferenceDocument.stored(over(visit, having.getFirst())))
        : Optional.empty();
  }

  private static boolean has(ConferenceDocument conference, String number) {
    return conference.numbers().contains(number)
        || conference.member().numbers().contains(number)
        || conference.moderator().numbers().contains(number);
  }

  /** The document that was found overlays a configuration that named no room (spec 2.1). */
  private static Document over(Visit visit, Document document) {
    return visit
        .element
        .config()
        .map(config -> {
          ObjectNode merged = config.deepCopy();
          merged.setAll(document.body());
          return new Document(document.type(), document.id(), merged, document.source());
        })
        .orElse(document);
  }

  private static Optional<Boolean> role(ConferenceDocument conference, String number) {
    boolean ofMembers = conference.member().numbers().contains(number);
    boolean ofModerators = conference.moderator().numbers().contains(number);
    return ofMembers == ofModerators || conference.numbers().contains(number)
        ? Optional.empty()
        : Optional.of(ofModerators);
  }
}
