package dev.callflow.conference;

import dev.callflow.core.call.Digits;
import dev.callflow.core.call.Keys;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaReference;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has the caller say his name, where the conference announces names (spec 2.10).
 *
 * <p>A user who has a name stored is not asked, nor one who has said it before. A stranger is asked
 * each time. Who hangs up or says nothing leaves nothing behind, and is let in without an
 * announcement. Safe for use by any thread.
 */
final class SpokenName implements AdmissionStep {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_REVIEWS = 5;

  /** Users whose names are kept; who has called longest ago is asked again first. */
  private static final int MOST_NAMES = 10_000;

  private record Who(AccountId account, String user) {}

  private static final Media BEEP = new Media.Stream("tone_stream://%(500,0,440)");

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Who, Media> said =
      new LinkedHashMap<>(16, 0.75f, true) {
        @java.io.Serial private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Media> eldest) {
          return size() > MOST_NAMES;
        }
      };

  @Override
  public Optional<Refusal> take(Visit visit) {
    if (visit.conference().playName()
        && visit.settings.bool("support_name_announcement").orElse(true)) {
      Optional<Document> user = user(visit);
      visit.spokenName =
          user.flatMap(of -> stored(visit, of))
              .or(() -> user.flatMap(of -> before(visit, of)))
              .or(() -> recorded(visit, user));
    }
    return Optional.empty();
  }

  private Optional<Media> before(Visit visit, Document user) {
    lock.lock();
    try {
      return Optional.ofNullable(said.get(new Who(visit.call().account(), user.id())));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Media> recorded(Visit visit, Optional<Document> user) {
    Optional<Media> name = recorded(visit);
    lock.lock();
    try {
      user.ifPresent(
          of -> name.ifPresent(media -> said.put(new Who(visit.call().account(), of.id()), media)));
    } finally {
      lock.unlock();
    }
    return name;
  }

  private static Optional<Media> stored(Visit visit, Document of) {
    return Optional.of(of)
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
