package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a room hears, one thing after the other, and what single members hear in it. Used inside the
 * guard only.
 */
final class RoomSounds {

  private final Guard guard;
  private final Room room;
  private final MediaLibrary media;
  private final Queue<Sound> waiting = new ArrayDeque<>();
  private final Countdown left;
  private final Map<String, Queue<Sound>> forMembers = new HashMap<>();
  private final Map<String, Countdown> memberLeft = new HashMap<>();
  private final Map<String, Countdown> aside = new LinkedHashMap<>();
  private @Nullable Sound playing;
  private boolean paused;

  /** A sound, how long it is, and for how long it is silent before it. */
  private record Sound(String file, Duration length, Duration before, SwitchEvent.RoomSound why) {

    /** The mixer notices with its next frame that it is over. */
    Duration whole() {
      return before.plus(length).plus(Room.FRAME);
    }

    Duration played(Duration passed) {
      Duration played = passed.minus(before);
      return played.isNegative() ? Duration.ZERO : played.compareTo(length) > 0 ? length : played;
    }
  }

  RoomSounds(Guard guard, Room room, MediaLibrary media) {
    this.guard = guard;
    this.room = room;
    this.media = media;
    this.left = new Countdown(guard, "room sound", this::ended);
  }

  boolean play(String file, SwitchEvent.RoomSound why) {
    Optional<Duration> length = Playing.length(media, file);
    if (length.isEmpty()) {
      guard.emit(new SwitchEvent.RoomPlayFailed(room.state(), file, why));
      return false;
    }
    guard.emit(new SwitchEvent.RoomPlayQueued(room.state(), file, why));
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
    room.tendMusic();
  }

  /** Plays music beside everything else, or stops it; it begins only when nothing is played. */
  void music(String file, boolean wanted) {
    if (!wanted) {
      endAside(file);
    } else if (playing == null && aside.isEmpty()) {
      Countdown endless = new Countdown(guard, "music", () -> {});
      aside.put(file, endless);
      endless.start(MediaLibrary.ENDLESS);
    }
  }

  /** The mixer tells a member something, without telling others that it begins. */
  void promptTo(Member member, String file) {
    Playing.length(media, file).ifPresent(length -> queueFor(member, file, length));
  }

  private static Duration before(SwitchEvent.RoomSound why) {
    return switch (why) {
      case ENTER, OWN_EXIT, PROMPT -> Room.LEAD_IN;
      case EXIT, COMMAND, ASIDE -> Duration.ZERO;
    };
  }

  /** Plays beside the rest; the same file once only. */
  boolean playAside(String file) {
    Optional<Duration> length = Playing.length(media, file);
    if (length.isEmpty()) {
      guard.emit(new SwitchEvent.RoomPlayFailed(room.state(), file, SwitchEvent.RoomSound.ASIDE));
      return false;
    }
    guard.emit(new SwitchEvent.RoomPlayQueued(room.state(), file, SwitchEvent.RoomSound.ASIDE));
    Countdown countdown =
        aside.computeIfAbsent(
            file, it -> new Countdown(guard, "room sound aside", () -> endAside(it)));
    countdown.start(length.get().plus(Room.FRAME));
    return true;
  }

  private void endAside(String file) {
    Countdown over = aside.remove(file);
    if (over != null) {
      over.pause();
      guard.emit(
          new SwitchEvent.RoomPlayEnded(
              room.state(), file, over.passed(), SwitchEvent.RoomSound.ASIDE));
    }
  }

  /** Ends what plays beside the rest; returns how much. */
  int stopAside() {
    List<String> all = List.copyOf(aside.keySet());
    all.forEach(this::endAside);
    return all.size();
  }

  /** Stands still, or goes on again; tells which, if anything plays at all. */
  Optional<Boolean> pause() {
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
      guard.emit(
          new SwitchEvent.RoomPlayEnded(
              room.state(), over.file(), over.played(left.passed()), over.why()));
    }
    next();
  }

  /** Ends what plays, and with {@code all} what waits as well; returns how many. */
  int stop(boolean all) {
    int stopped = 0;
    if (playing != null) {
      left.pause();
      guard.emit(
          new SwitchEvent.RoomPlayEnded(
              room.state(), playing.file(), playing.played(left.passed()), playing.why()));
      stopped++;
    }
    if (all) {
      for (Sound sound : waiting) {
        guard.emit(
            new SwitchEvent.RoomPlayEnded(room.state(), sound.file(), Duration.ZERO, sound.why()));
        stopped++;
      }
      waiting.clear();
    }
    left.cancel();
    next();
    return stopped;
  }

  boolean playTo(Member member, String file) {
    Optional<Duration> length = Playing.length(media, file);
    if (length.isEmpty()) {
      return false;
    }
    guard.emit(new SwitchEvent.MemberPlayStarted(room.state(), room.state(member), file));
    queueFor(member, file, length.get());
    return true;
  }

  /** The mixer says a number to a member, without telling that it begins. */
  void sayTo(Member member, int number) {
    List<String> words = new ArrayList<>();
    if (number < 0) {
      words.add("currency/negative.wav");
    }
    String.valueOf(Math.abs(number))
        .chars()
        .forEach(it -> words.add("digits/" + (char) it + ".wav"));
    words.forEach(file -> promptTo(member, file));
  }

  private void queueFor(Member member, String file, Duration length) {
    String channel = member.channel().uuid();
    Queue<Sound> queue = forMembers.computeIfAbsent(channel, key -> new ArrayDeque<>());
    Sound sound = new Sound(file, length, Duration.ZERO, SwitchEvent.RoomSound.COMMAND);
    queue.add(sound);
    if (queue.size() == 1) {
      Countdown countdown = new Countdown(guard, "member sound", () -> memberEnded(member));
      memberLeft.put(channel, countdown);
      countdown.start(sound.whole());
    }
  }

  private void memberEnded(Member member) {
    String channel = member.channel().uuid();
    Queue<Sound> queue = forMembers.get(channel);
    Countdown countdown = memberLeft.get(channel);
    if (queue == null || queue.isEmpty() || countdown == null) {
      return;
    }
    Sound over = queue.remove();
    guard.emit(
        new SwitchEvent.MemberPlayEnded(
            room.state(), room.state(member), over.file(), over.length()));
    Sound following = queue.peek();
    if (following == null) {
      forMembers.remove(channel);
      memberLeft.remove(channel);
    } else {
      countdown.start(following.whole());
    }
  }

  /** Ends what plays to a member; returns how many. */
  int stopFor(Member member) {
    int stopped = 0;
    Queue<Sound> queue = forMembers.get(member.channel().uuid());
    while (queue != null && !queue.isEmpty()) {
      Sound over = queue.remove();
      Countdown countdown = memberLeft.get(member.channel().uuid());
      Duration played =
          stopped > 0 || countdown == null ? Duration.ZERO : over.played(countdown.passed());
      guard.emit(
          new SwitchEvent.MemberPlayEnded(room.state(), room.state(member), over.file(), played));
      stopped++;
    }
    forget(member.channel().uuid());
    return stopped;
  }

  /** A member has left: nothing plays to him any more. */
  void forget(String channel) {
    forMembers.remove(channel);
    Countdown countdown = memberLeft.remove(channel);
    if (countdown != null) {
      countdown.cancel();
    }
  }
}
