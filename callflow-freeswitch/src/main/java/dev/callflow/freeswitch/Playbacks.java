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

/** What a leg plays and speaks, until it has ended. Guarded by the leg's lock. */
final class Playbacks {

  /** Music that ends sooner than this again and again would keep FreeSWITCH busy for nothing. */
  private static final Duration MIN_MUSIC = Duration.ofMillis(500);

  /**
   * The length of the pieces in which music is played: FreeSWITCH looks at nothing else while one
   * plays, and if we were gone, a caller would wait for ever.
   */
  private static final Duration PIECE_OF_MUSIC = Duration.ofSeconds(30);

  /**
   * A playback for which an application was asked.
   *
   * @param again what is played again and again; null if it is played once
   * @param instead what is played if the file is not there; null if nothing
   * @param asked when the application was asked for
   */
  private record Playback(
      PlaybackId id,
      KeyPolicy keys,
      @Nullable String again,
      @Nullable String instead,
      Instant asked) {}

  private final LegApplications applications;
  private final LegEvents events;
  private final SoundFiles sounds;
  private final SwitchText text;
  private final Supplier<Instant> now;

  /** By the uuid of the application. */
  private final Map<String, Playback> playing = new LinkedHashMap<>();

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
    String instead = sounds.instead(media).map(text::file).orElse(null);
    playing.put(uuid, new Playback(playback, keys, endless ? file : null, instead, now.get()));
    return playback;
  }

  PlaybackId speak(String words, String voice, String engine, KeyPolicy keys) {
    String speech =
        text.speech(engine.isEmpty() ? "flite" : engine, voice.isEmpty() ? "kal" : voice, words);
    applications.setKeysEnd(keys == KeyPolicy.INTERRUPT);
    String uuid = applications.execute("speak", speech);
    PlaybackId playback = new PlaybackId(uuid);
    playing.put(uuid, new Playback(playback, keys, null, null, now.get()));
    return playback;
  }

  private void setInPieces(boolean wanted) {
    if (wanted != inPieces) {
      inPieces = wanted;
      applications.execute(
          "set", "playback_timeout_sec=" + (wanted ? PIECE_OF_MUSIC.toSeconds() : 0));
    }
  }

  void stop(PlaybackId playback) {
    applicationOf(playback)
        .ifPresent(uuid -> {
          stopped = playback;
          applications.breakOff(uuid);
        });
  }

  /** Music that has begun again has the uuid of a later application. */
  private Optional<String> applicationOf(PlaybackId playback) {
    return playing.containsKey(playback.value())
        ? Optional.of(playback.value())
        : playing.entrySet().stream()
            .filter(it -> it.getValue().id().equals(playback))
            .map(Map.Entry::getKey)
            .findFirst();
  }

  /** A key that came before the prompt has begun is one that FreeSWITCH has not stopped it for. */
  void keyPressed() {
    playing.forEach((uuid, playback) -> {
      if (playback.keys() == KeyPolicy.INTERRUPT && !applications.isRunning(uuid)) {
        applications.breakOffAtBegin(uuid);
      }
    });
  }

  /**
   * Ends a playback, or has it go on.
   *
   * @return false if the application was no playback
   */
  boolean applicationEnded(String uuid, String response) {
    Playback playback = playing.remove(uuid);
    if (playback == null) {
      return false;
    }
    boolean missing = response.equals("FILE NOT FOUND");
    boolean wanted = !playback.id().equals(stopped) && !events.hasHungUp();
    if (missing && wanted && playback.instead() != null) {
      playNext(playback, playback.instead(), null);
    } else if (!missing && wanted && playback.again() != null && lastedLongEnough(playback)) {
      playNext(playback, playback.again(), playback.again());
    } else {
      events.publish(new LegEvent.PlaybackEnded(playback.id(), result(playback, missing)));
    }
    return true;
  }

  private void playNext(Playback before, String file, @Nullable String again) {
    String uuid = applications.execute("playback", file);
    playing.put(uuid, new Playback(before.id(), before.keys(), again, null, now.get()));
  }

  private boolean lastedLongEnough(Playback playback) {
    return Duration.between(playback.asked(), now.get()).compareTo(MIN_MUSIC) > 0;
  }

  private PlayResult result(Playback playback, boolean missing) {
    if (missing) {
      return PlayResult.MISSING;
    }
    return playback.id().equals(stopped) ? PlayResult.INTERRUPTED : PlayResult.PLAYED;
  }
}
