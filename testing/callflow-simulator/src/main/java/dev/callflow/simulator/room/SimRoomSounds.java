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
 * The sounds for a whole room: a queue, and sounds that play in parallel with it. Guarded by the
 * switch's lock.
 */
public final class SimRoomSounds {

  private final SwitchLock lock;
  private final RoomSnapshots room;
  private final MediaShelf media;
  private final Runnable onNext;
  private final Queue<Sound> waiting = new ArrayDeque<>();
  private final Countdown left;
  private final Map<String, Countdown> parallel = new LinkedHashMap<>();
  private @Nullable Sound playing;
  private boolean paused;

  /** A queued sound with its length, the silence before it, and the reason for it. */
  private record Sound(String file, Duration length, Duration before, SwitchEvent.RoomSound why) {

    /**
     * Returns the length plus the silence before the sound and the one frame after which the mixer
     * notices the end.
     */
    Duration whole() {
      return before.plus(length).plus(MixerTiming.FRAME);
    }

    Duration played(Duration passed) {
      Duration played = passed.minus(before);
      return played.isNegative() ? Duration.ZERO : played.compareTo(length) > 0 ? length : played;
    }
  }

  /**
   * @param onNext runs whenever the next sound has started or the queue has become empty
   */
  SimRoomSounds(SwitchLock lock, RoomSnapshots room, MediaShelf media, Runnable onNext) {
    this.lock = lock;
    this.room = room;
    this.media = media;
    this.onNext = onNext;
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
    onNext.run();
  }

  /**
   * Starts or stops music in parallel with the queue. Music starts only if no other sound is
   * playing.
   */
  void music(String file, boolean play) {
    if (!play) {
      endParallel(file);
    } else if (playing == null && parallel.isEmpty()) {
      Countdown endless = new Countdown(lock, "music", () -> {});
      parallel.put(file, endless);
      endless.start(MediaLibrary.ENDLESS);
    }
  }

  private static Duration before(SwitchEvent.RoomSound why) {
    return switch (why) {
      case ENTER, OWN_EXIT, PROMPT -> MixerTiming.LEAD_IN;
      case EXIT, COMMAND, PARALLEL -> Duration.ZERO;
    };
  }

  /** Plays a file in parallel with the queue. A file that is already playing starts again. */
  public boolean playInParallel(String file) {
    Optional<Duration> length = media.length(file);
    if (length.isEmpty()) {
      lock.emit(new SwitchEvent.RoomPlayFailed(room.state(), file, SwitchEvent.RoomSound.PARALLEL));
      return false;
    }
    lock.emit(new SwitchEvent.RoomPlayQueued(room.state(), file, SwitchEvent.RoomSound.PARALLEL));
    Countdown countdown =
        parallel.computeIfAbsent(
            file, it -> new Countdown(lock, "room sound parallel", () -> endParallel(it)));
    countdown.start(length.get().plus(MixerTiming.FRAME));
    return true;
  }

  private void endParallel(String file) {
    Countdown over = parallel.remove(file);
    if (over != null) {
      over.pause();
      lock.emit(
          new SwitchEvent.RoomPlayEnded(
              room.state(), file, over.passed(), SwitchEvent.RoomSound.PARALLEL));
    }
  }

  /** Stops all parallel sounds and returns how many there were. */
  public int stopParallel() {
    List<String> all = List.copyOf(parallel.keySet());
    all.forEach(this::endParallel);
    return all.size();
  }

  /**
   * Pauses the current sound, or resumes it if it is paused.
   *
   * @return whether the sound is paused now; empty if none is playing
   */
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

  /**
   * Stops the current sound; with {@code all}, also drops the queued sounds.
   *
   * @return the number of sounds stopped
   */
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
