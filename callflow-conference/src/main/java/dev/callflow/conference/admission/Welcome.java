package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.core.call.Keys;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Json;
import java.util.Optional;

/** Greets the caller, once, before he is asked for anything (spec 2.3). */
public final class Welcome implements AdmissionStep {

  @Override
  public Optional<Refusal> take(Visit visit) {
    if (visit.element.playWelcome().or(() -> byDocument(visit)).orElse(true)) {
      Media media =
          visit
              .element
              .welcomeMedia()
              .flatMap(text -> visit.media("welcome_prompt.media_id", text))
              .orElseGet(() -> visit.prompt("conf-welcome"));
      visit.call().play(media, Keys.INTERRUPT);
    }
    return Optional.empty();
  }

  private static Optional<Boolean> byDocument(Visit visit) {
    return visit
        .found()
        .map(ConferenceDocument::playWelcome)
        .orElseGet(() -> visit.element.config().flatMap(of -> Json.bool(of, "play_welcome")));
  }
}
