package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Countdown;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The sounds for individual members of a room, with one queue for each member. Guarded by the
 * switch's lock.
 */
public final class MemberSounds {

  private record Sound(String file, Duration length) {

    /** Returns the length plus the one frame after which the mixer notices the end. */
    Duration whole() {
      return length.plus(MixerTiming.FRAME);
    }

    Duration played(Duration passed) {
      return passed.compareTo(length) > 0 ? length : passed;
    }
  }

  private final SwitchLock lock;
  private final RoomSnapshots room;
  private final MediaShelf media;
  private final Map<String, Queue<Sound>> queues = new HashMap<>();
  private final Map<String, Countdown> left = new HashMap<>();

  MemberSounds(SwitchLock lock, RoomSnapshots room, MediaShelf media) {
    this.lock = lock;
    this.room = room;
    this.media = media;
  }

  /** Plays a file to a member on behalf of a command; returns false if it cannot be played. */
  public boolean play(SimMember member, String file) {
    Optional<Duration> length = media.length(file);
    if (length.isEmpty()) {
      return false;
    }
    lock.emit(new SwitchEvent.MemberPlayStarted(room.state(), room.state(member), file));
    queue(member, file, length.get());
    return true;
  }

  /**
   * Plays one of the mixer's prompts to a member. Unlike {@link #play}, emits no event at the
   * start.
   */
  void prompt(SimMember member, String file) {
    media.length(file).ifPresent(length -> queue(member, file, length));
  }

  /** Speaks a number to a member. Emits no event at the start. */
  void say(SimMember member, int number) {
    List<String> words = new ArrayList<>();
    if (number < 0) {
      words.add("currency/negative.wav");
    }
    String.valueOf(Math.abs(number))
        .chars()
        .forEach(it -> words.add("digits/" + (char) it + ".wav"));
    words.forEach(file -> prompt(member, file));
  }

  private void queue(SimMember member, String file, Duration length) {
    String channel = member.channel().uuid();
    Queue<Sound> queue = queues.computeIfAbsent(channel, key -> new ArrayDeque<>());
    Sound sound = new Sound(file, length);
    queue.add(sound);
    if (queue.size() == 1) {
      Countdown countdown = new Countdown(lock, "member sound", () -> ended(member));
      left.put(channel, countdown);
      countdown.start(sound.whole());
    }
  }

  private void ended(SimMember member) {
    String channel = member.channel().uuid();
    Queue<Sound> queue = queues.get(channel);
    Countdown countdown = left.get(channel);
    if (queue == null || queue.isEmpty() || countdown == null) {
      return;
    }
    Sound over = queue.remove();
    lock.emit(
        new SwitchEvent.MemberPlayEnded(
            room.state(), Optional.of(room.state(member)), over.file(), over.length()));
    Sound following = queue.peek();
    if (following == null) {
      queues.remove(channel);
      left.remove(channel);
    } else {
      countdown.start(following.whole());
    }
  }

  /** Stops all sounds for a member and returns how many there were. */
  public int stop(SimMember member) {
    return stop(member, Optional.of(room.state(member)));
  }

  /** Drops the sounds for a member who is leaving; the events no longer describe the member. */
  void leave(SimMember member) {
    stop(member, Optional.empty());
  }

  private int stop(SimMember member, Optional<MemberState> shown) {
    int stopped = 0;
    Queue<Sound> queue = queues.get(member.channel().uuid());
    while (queue != null && !queue.isEmpty()) {
      Sound over = queue.remove();
      Countdown countdown = left.get(member.channel().uuid());
      Duration played =
          stopped > 0 || countdown == null ? Duration.ZERO : over.played(countdown.passed());
      lock.emit(new SwitchEvent.MemberPlayEnded(room.state(), shown, over.file(), played));
      stopped++;
    }
    forget(member.channel().uuid());
    return stopped;
  }

  private void forget(String channel) {
    queues.remove(channel);
    Countdown countdown = left.remove(channel);
    if (countdown != null) {
      countdown.cancel();
    }
  }
}
