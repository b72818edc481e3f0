package dev.callflow.conference.admission;

import dev.callflow.conference.room.RecordingNames;
import dev.callflow.core.call.Digits;
import dev.callflow.core.call.Keys;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/**
 * Has the caller say his name, where the conference announces names (spec 2.10).
 *
 * <p>A user who has a name stored is not asked, nor one who has said it before. A stranger is asked
 * each time, and his recording is deleted when he is gone. Who hangs up or says nothing leaves
 * nothing behind, and is let in without an announcement. Safe for use by any thread.
 */
public final class SpokenName implements AdmissionStep {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_REVIEWS = 5;

  /** The room hears a name once more when its owner has left already. */
  private static final Duration UNTIL_UNHEARD = Duration.ofMinutes(1);

  private static final Media BEEP = new Media.Stream("tone_stream://%(500,0,440)");

  private final TimeSource time;
  private final RecordingNames recordings;
  private final RecordedNames said = new RecordedNames();

  public SpokenName(TimeSource time, RecordingNames recordings) {
    this.time = time;
    this.recordings = recordings;
  }

  @Override
  public Optional<Refusal> take(Visit visit) {
    if (visit.conference().playName()
        && visit.settings.bool("support_name_announcement").orElse(true)) {
      Optional<Document> user = user(visit);
      visit.spokenName =
          user.flatMap(of -> stored(visit, of))
              .or(() -> user.flatMap(of -> said.of(visit.call().account(), of.id())))
              .or(() -> recorded(visit, user));
    }
    return Optional.empty();
  }

  /** What is not kept for a user is deleted, in whatever way he goes. */
  private Optional<Media> recorded(Visit visit, Optional<Document> user) {
    String name = recordings.ofCaller(user.isPresent() ? "username" : "name");
    Runnable discard =
        () ->
            time.after(
                UNTIL_UNHEARD, "discard-" + visit.call().id(), () -> visit.call().discard(name));
    visit.afterwards.add(discard);
    Optional<Media> recording = recorded(visit, name);
    if (user.isPresent() && recording.isPresent()) {
      said.keep(visit.store(), visit.call().account(), user.get(), recording.get());
      visit.afterwards.remove(discard);
    }
    return recording;
  }

  private static Optional<Media> stored(Visit visit, Document of) {
    return Optional.of(of)
        .flatMap(user -> Json.object(user.body(), "name_pronounced"))
        .flatMap(name -> Json.text(name, "media_id"))
        .flatMap(text -> visit.media("name_pronounced.media_id", text));
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

  private static Optional<Media> recorded(Visit visit, String name) {
    boolean reviews = visit.settings.bool("review_name").orElse(false);
    visit.call().forgetKeys();
    for (int i = 0; i < MOST_REVIEWS; i++) {
      visit.call().play(visit.prompt("conf-announce_your_name"), Keys.WAIT);
      visit.call().play(BEEP, Keys.WAIT);
      Duration length = visit.call().record(name, LONGEST);
      visit.call().forgetKeys();
      if (length.isZero()) {
        return Optional.empty();
      }
      Media recording = new Media.Recording(name);
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
