package dev.callflow.freeswitch;

import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.RecordingId;
import dev.callflow.esl.message.EslEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The running recordings of the caller's voice. Guarded by the leg's lock. */
final class Recordings {

  /** The length of silence that ends a recording. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /** The energy below which audio counts as silence (docs/spec/conference.md#spoken-names). */
  private static final int SILENCE_THRESHOLD = 200;

  private static final Duration MIN_SPEECH = Duration.ofMillis(250);

  private final LegApplications applications;
  private final LegEvents events;
  private final SoundFiles sounds;
  private final SwitchText text;

  /** The recordings, by the uuid of their application. */
  private final Map<String, RecordingId> running = new HashMap<>();

  Recordings(LegApplications applications, LegEvents events, SoundFiles sounds, SwitchText text) {
    this.applications = applications;
    this.events = events;
    this.sounds = sounds;
    this.text = text;
  }

  RecordingId record(String name, Duration maxLength) {
    applications.setKeysEnd(true);
    String file = text.argument(sounds.recording(name));
    String uuid =
        applications.execute(
            "record",
            String.format(
                Locale.ROOT,
                "%s %d %d %d",
                file,
                maxLength.toSeconds(),
                SILENCE_THRESHOLD,
                SILENCE.toSeconds()));
    RecordingId recording = new RecordingId(uuid);
    running.put(uuid, recording);
    return recording;
  }

  /**
   * Handles the end of an application.
   *
   * @return true if the application was a recording
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

  /**
   * Returns the length of the recording, or zero if it was ended by silence and contains little
   * else.
   */
  private static Duration spoken(EslEvent ended) {
    Duration length =
        ended
            .variable("record_ms")
            .filter(text -> text.matches("\\d{1,9}"))
            .map(text -> Duration.ofMillis(Long.parseLong(text)))
            .orElse(Duration.ZERO);
    boolean byKey = ended.variable("playback_terminator_used").isPresent();
    return byKey || length.compareTo(SILENCE.plus(MIN_SPEECH)) > 0 ? length : Duration.ZERO;
  }
}
