package dev.callflow.freeswitch;

import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.call.PlaybackId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The running playbacks of a leg. Guarded by the leg's lock. */
final class Playbacks {

  /**
   * Music that ends sooner than this is repeated after a {@link #PAUSE}, since repeating it at once
   * would keep FreeSWITCH busy.
   */
  private static final Duration MIN_MUSIC = Duration.ofMillis(500);

  /** A second of silence. */
  private static final String PAUSE = "silence_stream://1000";

  /**
   * The length of one piece of endless music. While a file plays, FreeSWITCH does nothing else with
   * the call. If the music were not played in pieces and this process died, the caller would wait
   * forever.
   */
  private static final Duration PIECE_OF_MUSIC = Duration.ofSeconds(30);

  /**
   * A playback whose application has been queued.
   *
   * @param id the playback's id, which stays the same when the playback is repeated
   * @param keys whether keys interrupt the playback
   * @param repeated the file to repeat; null to play once
   * @param fallback the file to play if the first one is missing; null for none
   * @param queued the time at which the application was queued
   * @param pausing whether the application is the pause before a repetition
   */
  private record Playback(
      PlaybackId id,
      KeyPolicy keys,
      @Nullable String repeated,
      @Nullable String fallback,
      Instant queued,
      boolean pausing) {}

  private final LegApplications applications;
  private final LegEvents events;
  private final SoundFiles sounds;
  private final SwitchText text;
  private final Supplier<Instant> now;

  /** The playbacks, by the uuid of their application. */
  private final Map<String, Playback> playing = new LinkedHashMap<>(1);

  private @Nullable PlaybackId stopped;
  private boolean inPieces;

  Playbacks(
      LegApplications applications,
      LegEvents events,
      SoundFiles sounds,
      SwitchText text,
      Supplier<Instant> now) {
    this.applications = applications;
    this.events = events;
    this.sounds = sounds;
    this.text = text;
    this.now = now;
  }

  PlaybackId play(Media media, KeyPolicy keys, boolean endless) {
    String file = text.file(sounds.file(media));
    applications.setKeysEnd(keys == KeyPolicy.INTERRUPT);
    setInPieces(endless);
    String uuid = applications.execute("playback", file);
    PlaybackId playback = new PlaybackId(uuid);
    String fallback = sounds.fallback(media).map(text::file).orElse(null);
    playing.put(
        uuid, new Playback(playback, keys, endless ? file : null, fallback, now.get(), false));
    return playback;
  }

  PlaybackId speak(String words, String voice, String engine, KeyPolicy keys) {
    String speech =
        text.speech(engine.isEmpty() ? "flite" : engine, voice.isEmpty() ? "kal" : voice, words);
    applications.setKeysEnd(keys == KeyPolicy.INTERRUPT);
    String uuid = applications.execute("speak", speech);
    PlaybackId playback = new PlaybackId(uuid);
    playing.put(uuid, new Playback(playback, keys, null, null, now.get(), false));
    return playback;
  }

  private void setInPieces(boolean active) {
    if (active != inPieces) {
      inPieces = active;
      applications.execute(
          "set", "playback_timeout_sec=" + (active ? PIECE_OF_MUSIC.toSeconds() : 0));
    }
  }

  void stop(PlaybackId playback) {
    applicationOf(playback)
        .ifPresent(uuid -> {
          stopped = playback;
          applications.stop(uuid);
        });
  }

  /** Returns the current application of a playback; each repetition has a new one. */
  private Optional<String> applicationOf(PlaybackId playback) {
    return playing.containsKey(playback.value())
        ? Optional.of(playback.value())
        : playing.entrySet().stream()
            .filter(it -> it.getValue().id().equals(playback))
            .map(Map.Entry::getKey)
            .findFirst();
  }

  /**
   * Stops queued prompts as soon as they start, since a key makes FreeSWITCH stop only the prompt
   * that is playing.
   */
  void keyPressed() {
    playing.forEach((uuid, playback) -> {
      if (playback.keys() == KeyPolicy.INTERRUPT && !applications.isRunning(uuid)) {
        applications.stopOnStart(uuid);
      }
    });
  }

  /**
   * Handles the end of an application: repeats the playback, plays its fallback or ends it.
   *
   * @return true if the application was a playback
   */
  boolean applicationEnded(String uuid, String response) {
    Playback playback = playing.remove(uuid);
    if (playback == null) {
      return false;
    }
    boolean missing = response.equals("FILE NOT FOUND");
    boolean lasted = lastedLongEnough(playback);
    boolean active = !playback.id().equals(stopped) && !events.hasHungUp();
    if (missing && active && playback.fallback() != null) {
      playNext(
          playback,
          playback.fallback(),
          playback.repeated() == null ? null : playback.fallback(),
          false);
    } else if (!missing && active && playback.repeated() != null && lasted) {
      playNext(playback, playback.repeated(), playback.repeated(), false);
    } else if (!missing && active && playback.repeated() != null && !playback.pausing()) {
      playNext(playback, PAUSE, playback.repeated(), true);
    } else {
      events.publish(new LegEvent.PlaybackEnded(playback.id(), result(playback, missing)));
    }
    return true;
  }

  private void playNext(
      Playback previous, String file, @Nullable String repeated, boolean pausing) {
    String uuid = applications.execute("playback", file);
    playing.put(
        uuid, new Playback(previous.id(), previous.keys(), repeated, null, now.get(), pausing));
  }

  private boolean lastedLongEnough(Playback playback) {
    return Duration.between(playback.queued(), now.get()).compareTo(MIN_MUSIC) > 0;
  }

  private PlayResult result(Playback playback, boolean missing) {
    if (missing) {
      return PlayResult.MISSING;
    }
    return playback.id().equals(stopped) ? PlayResult.INTERRUPTED : PlayResult.PLAYED;
  }
}
