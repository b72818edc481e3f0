package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.Digits;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Asks the caller for the number of a conference (docs/spec/conference.md#asking-for-a-number). */
public final class AskForNumber {

  static final int TRIES = 3;
  static final int MAX_DIGITS = 16;
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  Result<Target> ask(Caller caller) {
    Duration first =
        caller
            .element()
            .config()
            .flatMap(config -> Json.integer(config, "number_timeout"))
            .filter(millis -> millis > 0)
            .map(Duration::ofMillis)
            .or(() -> caller.settings().millis("number_timeout"))
            .orElse(DEFAULT_TIMEOUT);
    for (int i = 0; i < TRIES; i++) {
      Digits number =
          caller
              .call()
              .collect(
                  caller.prompt("conf-enter_conf_number"),
                  MAX_DIGITS,
                  first,
                  caller.digitTimeout());
      Optional<ConferenceDocument> conference = byNumber(caller, number.value());
      if (conference.isPresent()) {
        return Result.passed(
            Target.of(caller, conference.get(), role(conference.get(), number.value())));
      }
      caller.call().play(caller.prompt("conf-bad_conf"), KeyPolicy.INTERRUPT);
    }
    return Result.refused(caller.refuse(ConferenceOutcome.BAD_NUMBER, "conf-too_many_attempts"));
  }

  /** Returns the conference that has the number; empty if none or more than one has it. */
  private static Optional<ConferenceDocument> byNumber(Caller caller, String number) {
    if (number.isEmpty()) {
      return Optional.empty();
    }
    List<Document> matches =
        caller.store().withNumber(caller.call().account(), DocumentType.CONFERENCE, number);
    return matches.size() == 1
        ? Optional.of(ConferenceDocument.stored(overlaid(caller, matches.getFirst())))
        : Optional.empty();
  }

  /**
   * Merges the document into the element's configuration, which names no room; the document takes
   * precedence (docs/spec/conference.md#finding-the-room).
   */
  static Document overlaid(Caller caller, Document document) {
    return caller
        .element()
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
