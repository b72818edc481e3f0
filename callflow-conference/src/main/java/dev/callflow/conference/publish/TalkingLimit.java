package dev.callflow.conference.publish;

import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Notice;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often talking events of a participant are published. Of the events within an interval,
 * only the last one is published, at the end of the interval, and only if it differs from the event
 * published before it. The methods for a room may be called only one at a time.
 */
public final class TalkingLimit {

  private static final class Published {
    Instant at;
    boolean talking;
    MixerEvent.@Nullable Changed held;

    Published(Instant at, boolean talking) {
      this.at = at;
      this.talking = talking;
    }
  }

  private final TimeSource time;
  private final BiConsumer<RoomId, Notice> listener;
  private final Map<Notice.TalkingDue, Published> speakers = new ConcurrentHashMap<>();

  public TalkingLimit(TimeSource time, BiConsumer<RoomId, Notice> listener) {
    this.time = time;
    this.listener = listener;
  }

  boolean holdsBack(RoomId room, MixerEvent.Changed event, Duration interval) {
    boolean begins = event.what() == MixerEvent.Change.TALKING;
    if (!begins && event.what() != MixerEvent.Change.SILENT || interval.isZero()) {
      return false;
    }
    Notice.TalkingDue speaker = new Notice.TalkingDue(room, event.member().call());
    Instant now = time.now();
    Published last = speakers.get(speaker);
    if (last == null || !now.isBefore(last.at.plus(interval)) && last.held == null) {
      speakers.put(speaker, new Published(now, begins));
      return false;
    }
    if (last.held == null) {
      time.after(
          Duration.between(now, last.at.plus(interval)),
          "talking-" + event.member().call(),
          () -> listener.accept(room, speaker));
    }
    last.held = event;
    return true;
  }

  /**
   * Returns the event to publish when an interval ends; empty if it would repeat the event
   * published last.
   */
  Optional<MixerEvent.Changed> due(Notice.TalkingDue speaker) {
    Published last = speakers.get(speaker);
    if (last == null || last.held == null) {
      return Optional.empty();
    }
    MixerEvent.Changed held = last.held;
    boolean talking = held.what() == MixerEvent.Change.TALKING;
    last.held = null;
    if (talking == last.talking) {
      return Optional.empty();
    }
    last.talking = talking;
    last.at = time.now();
    return Optional.of(held);
  }

  void gone(RoomId room, CallId call) {
    speakers.remove(new Notice.TalkingDue(room, call));
  }
}
