package dev.callflow.freeswitch;

import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.RecordingId;
import dev.callflow.esl.message.EslEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Recordings of the caller's voice, until they have ended. Guarded by the leg's lock. */
final class Recordings {

  /** This much silence ends a recording. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /** Less energy than this is silence (docs/spec/conference.md#spoken-names). */
  private static final int SILENCE_THRESHOLD = 200;

  private static final Duration MIN_WORD = Duration.ofMillis(250);

  private final LegApplications applications;
  private final LegEvents events;
  private final SoundFiles sounds;
  private final SwitchText text;

  /** By the uuid of the application. */
  private final Map<String, RecordingId> running = new HashMap<>();

  Recordings(LegApplications applications, LegEvents events, SoundFiles sounds, SwitchText text) {
    this.applications = applications;
    this.events = events;
    this.sounds = sounds;
    this.text = text;
  }

  RecordingId record(String name, Duration longest) {
    applications.setKeysEnd(true);
    String file = text.argument(sounds.recording(name));
    String uuid =
        applications.execute(
            "record",
            "%s %d %d %d"
                .formatted(file, longest.toSeconds(), SILENCE_THRESHOLD, SILENCE.toSeconds()));
    RecordingId recording = new RecordingId(uuid);
    running.put(uuid, recording);
    return recording;
  }

  /**
   * Ends a recording.
   *
   * @return false if the application was no recording
   */
  boolean applicationEnded(String uuid, EslEvent event) {
    RecordingId recording = running.remove(uuid);
    if (recording == null) {
      return false;
    }
    long millis = events.hasHungUp() ? 0 : spoken(event).toMillis();
    events.publish(new LegEvent.RecordingEnded(recording, millis));
    return true;
  }

  /** A recording ended by silence that is hardly longer than the silence has no voice in it. */
  private static Duration spoken(EslEvent ended) {
    Duration length =
        ended
            .variable("record_ms")
            .filter(text -> text.matches("\\d{1,9}"))
            .map(text -> Duration.ofMillis(Long.parseLong(text)))
            .orElse(Duration.ZERO);
    boolean byKey = ended.variable("playback_terminator_used").isPresent();
    return byKey || length.compareTo(SILENCE.plus(MIN_WORD)) > 0 ? length : Duration.ZERO;
  }
}
