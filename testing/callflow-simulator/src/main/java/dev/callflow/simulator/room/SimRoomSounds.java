package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Countdown;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a whole room hears, one thing after the other, and what plays beside that. Used under the
 * switch's lock only.
 */
public final class SimRoomSounds {

  private final SwitchLock lock;
  private final RoomSnapshots room;
  private final MediaShelf media;
  private final Runnable whenNext;
  private final Queue<Sound> waiting = new ArrayDeque<>();
  private final Countdown left;
  private final Map<String, Countdown> aside = new LinkedHashMap<>();
  private @Nullable Sound playing;
  private boolean paused;

  /** A sound, how long it is, and for how long it is silent before it. */
  private record Sound(String file, Duration length, Duration before, SwitchEvent.RoomSound why) {

    /** The mixer notices with its next frame that it is over. */
    Duration whole() {
      return before.plus(length).plus(MixerTiming.FRAME);
    }

    Duration played(Duration passed) {
      Duration played = passed.minus(before);
      return played.isNegative() ? Duration.ZERO : played.compareTo(length) > 0 ? length : played;
    }
  }

  /**
   * @param whenNext is run whenever the next sound has begun, or none is left
   */
  SimRoomSounds(SwitchLock lock, RoomSnapshots room, MediaShelf media, Runnable whenNext) {
    this.lock = lock;
    this.room = room;
    this.media = media;
    this.whenNext = whenNext;
    this.left = new Countdown(lock, "room sound", this::ended);
  }

  public boolean play(String file, SwitchEvent.RoomSound why) {
    Optional<Duration> length = media.length(file);
    if (length.isEmpty()) {
      lock.emit(new SwitchEvent.RoomPlayFailed(room.state(), file, why));
      return false;
    }
    lock.emit(new SwitchEvent.RoomPlayQueued(room.state(), file, why));
    waiting.add(new Sound(file, length.get(), before(why), why));
    if (playing == null) {
      next();
    }
    return true;
  }

  Optional<String> playing() {
    return Optional.ofNullable(playing).map(Sound::file);
  }

  private void next() {
    paused = false;
    playing = waiting.poll();
    if (playing != null) {
      left.start(playing.whole());
    }
    whenNext.run();
  }

  /** Plays music beside everything else, or stops it; it begins only when nothing is played. */
  void music(String file, boolean wanted) {
    if (!wanted) {
      endAside(file);
    } else if (playing == null && aside.isEmpty()) {
      Countdown endless = new Countdown(lock, "music", () -> {});
      aside.put(file, endless);
      endless.start(MediaLibrary.ENDLESS);
    }
  }

  private static Duration before(SwitchEvent.RoomSound why) {
    return switch (why) {
      case ENTER, OWN_EXIT, PROMPT -> MixerTiming.LEAD_IN;
      case EXIT, COMMAND, ASIDE -> Duration.ZERO;
    };
  }

  /** Plays beside the rest; the same file once only. */
  public boolean playAside(String file) {
    Optional<Duration> length = media.length(file);
    if (length.isEmpty()) {
      lock.emit(new SwitchEvent.RoomPlayFailed(room.state(), file, SwitchEvent.RoomSound.ASIDE));
      return false;
    }
    lock.emit(new SwitchEvent.RoomPlayQueued(room.state(), file, SwitchEvent.RoomSound.ASIDE));
    Countdown countdown =
        aside.computeIfAbsent(
            file, it -> new Countdown(lock, "room sound aside", () -> endAside(it)));
    countdown.start(length.get().plus(MixerTiming.FRAME));
    return true;
  }

  private void endAside(String file) {
    Countdown over = aside.remove(file);
    if (over != null) {
      over.pause();
      lock.emit(
          new SwitchEvent.RoomPlayEnded(
              room.state(), file, over.passed(), SwitchEvent.RoomSound.ASIDE));
    }
  }

  /** Ends what plays beside the rest; returns how much. */
  public int stopAside() {
    List<String> all = List.copyOf(aside.keySet());
    all.forEach(this::endAside);
    return all.size();
  }

  /** Stands still, or goes on again; tells which, if anything plays at all. */
  public Optional<Boolean> pause() {
    if (playing == null) {
      return Optional.empty();
    }
    paused = !paused;
    if (paused) {
      left.pause();
    } else {
      left.resume();
    }
    return Optional.of(paused);
  }

  private void ended() {
    Sound over = playing;
    if (over != null) {
      lock.emit(
          new SwitchEvent.RoomPlayEnded(
              room.state(), over.file(), over.played(left.passed()), over.why()));
    }
    next();
  }

  /** Ends what plays, and with {@code all} what waits as well; returns how many. */
  public int stop(boolean all) {
    int stopped = 0;
    if (playing != null) {
      left.pause();
      lock.emit(
          new SwitchEvent.RoomPlayEnded(
              room.state(), playing.file(), playing.played(left.passed()), playing.why()));
      stopped++;
    }
    if (all) {
      for (Sound sound : waiting) {
        lock.emit(
            new SwitchEvent.RoomPlayEnded(room.state(), sound.file(), Duration.ZERO, sound.why()));
        stopped++;
      }
      waiting.clear();
    }
    left.cancel();
    next();
    return stopped;
  }
}
