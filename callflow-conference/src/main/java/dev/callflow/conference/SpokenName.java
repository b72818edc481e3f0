package dev.callflow.conference;

import dev.callflow.core.call.Digits;
import dev.callflow.core.call.Keys;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaReference;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * Has the caller say his name, where the conference announces names (spec 2.10).
 *
 * <p>A user who has a name stored is not asked. Nothing is stored here: a name that was recorded
 * belongs to this call. Who hangs up or says nothing is let in without an announcement.
 */
final class SpokenName implements AdmissionStep {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_REVIEWS = 5;
  private static final Media BEEP = new Media.Stream("tone_stream://%(500,0,440)");

  @Override
  public Optional<Refusal> take(Visit visit) {
    if (visit.conference().playName()
        && visit.settings.bool("support_name_announcement").orElse(true)) {
      visit.spokenName = ofUser(visit).or(() -> recorded(visit));
    }
    return Optional.empty();
  }

  private static Optional<Media> ofUser(Visit visit) {
    return user(visit)
        .flatMap(user -> Json.object(user.body(), "name_pronounced"))
        .flatMap(name -> Json.text(name, "media_id"))
        .flatMap(text -> MediaReference.read(text, visit.call().account(), visit.store()));
  }

  private static Optional<Document> user(Visit visit) {
    Optional<String> authorised =
        visit
            .incoming()
            .variable("callflow_authorizing_id")
            .filter(id ->
                visit
                    .incoming()
                    .variable("callflow_authorizing_type")
                    .filter("user"::equals)
                    .isPresent());
    return authorised
        .or(() -> visit.incoming().variable("callflow_owner_id"))
        .flatMap(id -> visit.store().find(visit.call().account(), DocumentType.USER, id));
  }

  private static Optional<Media> recorded(Visit visit) {
    boolean reviews = visit.settings.bool("review_name").orElse(false);
    String name = "name-" + visit.call().id().value().replaceAll("[^A-Za-z0-9_-]", "_");
    visit.call().forgetKeys();
    for (int i = 0; i < MOST_REVIEWS; i++) {
      visit.call().play(visit.prompt("conf-announce_your_name"), Keys.WAIT);
      visit.call().play(BEEP, Keys.WAIT);
      Duration length = visit.call().record(name, LONGEST);
      visit.call().forgetKeys();
      if (length.isZero()) {
        return Optional.empty();
      }
      Media recording = visit.call().recording(name);
      if (!reviews || isKept(visit, recording)) {
        return Optional.of(recording);
      }
    }
    return Optional.empty();
  }

  private static boolean isKept(Visit visit, Media recording) {
    visit.call().play(visit.prompt("conf-your_announcement"), Keys.WAIT);
    visit.call().play(recording, Keys.WAIT);
    Digits answer =
        visit
            .call()
            .collect(
                visit.prompt("conf-review"),
                1,
                AskForNumber.UNLESS_CONFIGURED,
                AskForNumber.BETWEEN_DIGITS);
    return answer.value().equals("1");
  }
}
