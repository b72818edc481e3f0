package dev.callflow.conference.admission;

import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.Digits;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks callers to record their name if the conference announces names
 * (docs/spec/conference.md#spoken-names).
 *
 * <p>Users are asked only once; their name is stored, or kept in memory. Other callers are asked on
 * each call, and their recording is deleted after they leave. No name is kept if the caller hangs
 * up or stays silent; silent callers join without an announcement. Thread-safe.
 */
public final class SpokenName {

  private static final Duration MAX_LENGTH = Duration.ofSeconds(60);
  private static final int MAX_REVIEWS = 5;

  /**
   * How long a recording is kept after the caller leaves, because the announcement that they have
   * left still plays it.
   */
  private static final Duration DELETED_AFTER = Duration.ofMinutes(1);

  private static final Media BEEP = new Media.Stream("tone_stream://%(500,0,440)");

  private final TimeSource time;
  private final RecordingNames recordings;
  private final RecordedNames recordedNames = new RecordedNames();

  public SpokenName(TimeSource time, RecordingNames recordings) {
    this.time = time;
    this.recordings = recordings;
  }

  /**
   * Returns the recording that announces the caller to the room; empty for none. Blocks while the
   * caller records their name.
   */
  Optional<Media> of(Guest guest, Held held) {
    Target target = guest.target();
    if (!target.conference().prompts().playName()
        || !target.caller().settings().bool("support_name_announcement").orElse(true)) {
      return Optional.empty();
    }
    Optional<Document> user = user(target);
    return user.flatMap(of -> stored(target, of))
        .or(() -> user.flatMap(of -> recordedNames.of(target.call().account(), of.id())))
        .or(() -> recorded(target, user, held));
  }

  /**
   * Records a name. Unless it is kept for a user, the recording is deleted, no matter how the
   * caller leaves.
   */
  private Optional<Media> recorded(Target target, Optional<Document> user, Held held) {
    Call call = target.call();
    String name = recordings.ofCaller(user.isPresent() ? "username" : "name");
    Runnable deletion =
        () -> time.after(DELETED_AFTER, "discard-" + call.id(), () -> call.discard(name));
    held.add(deletion);
    Optional<Media> recording = recorded(target, name);
    if (user.isPresent() && recording.isPresent()) {
      recordedNames.keep(target.caller().store(), call.account(), user.get(), recording.get());
      held.drop(deletion);
    }
    return recording;
  }

  private static Optional<Media> stored(Target target, Document of) {
    return Optional.of(of)
        .flatMap(user -> Json.object(user.body(), "name_pronounced"))
        .flatMap(name -> Json.text(name, "media_id"))
        .flatMap(text -> target.media("name_pronounced.media_id", text));
  }

  private static Optional<Document> user(Target target) {
    Optional<String> authorised =
        target
            .call()
            .incoming()
            .variable("callflow_authorizing_id")
            .filter(id ->
                target
                    .call()
                    .incoming()
                    .variable("callflow_authorizing_type")
                    .filter("user"::equals)
                    .isPresent());
    return authorised
        .or(() -> target.call().incoming().variable("callflow_owner_id"))
        .flatMap(
            id -> target.caller().store().find(target.call().account(), DocumentType.USER, id));
  }

  private static Optional<Media> recorded(Target target, String name) {
    boolean reviews = target.caller().settings().bool("review_name").orElse(false);
    target.call().discardDigits();
    for (int i = 0; i < MAX_REVIEWS; i++) {
      target.call().play(target.prompt("conf-announce_your_name"), KeyPolicy.WAIT);
      target.call().play(BEEP, KeyPolicy.WAIT);
      Duration length = target.call().record(name, MAX_LENGTH);
      target.call().discardDigits();
      if (length.isZero()) {
        return Optional.empty();
      }
      Media recording = new Media.Recording(name);
      if (!reviews || isKept(target, recording)) {
        return Optional.of(recording);
      }
    }
    return Optional.empty();
  }

  private static boolean isKept(Target target, Media recording) {
    target.call().play(target.prompt("conf-your_announcement"), KeyPolicy.WAIT);
    target.call().play(recording, KeyPolicy.WAIT);
    Digits answer =
        target
            .call()
            .collect(
                target.prompt("conf-review"),
                1,
                AskForNumber.DEFAULT_TIMEOUT,
                target.caller().digitTimeout());
    return answer.value().equals("1");
  }
}
