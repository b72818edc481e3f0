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
 * Holds back talking events that follow each other too soon: of what a participant does meanwhile
 * only the last is told, when the time is over, and only if it differs from what was told before.
 * Called by a room's own thread only, for each room.
 */
public final class TalkingLimit {

  private static final class Told {
    Instant at;
    boolean talking;
    MixerEvent.@Nullable Changed held;

    Told(Instant at, boolean talking) {
      this.at = at;
      this.talking = talking;
    }
  }

  private final TimeSource time;
  private final BiConsumer<RoomId, Notice> tell;
  private final Map<Notice.TalkingDue, Told> speakers = new ConcurrentHashMap<>();

  public TalkingLimit(TimeSource time, BiConsumer<RoomId, Notice> tell) {
    this.time = time;
    this.tell = tell;
  }

  boolean holdsBack(RoomId room, MixerEvent.Changed event, Duration interval) {
    boolean begins = event.what() == MixerEvent.Change.TALKING;
    if (!begins && event.what() != MixerEvent.Change.SILENT || interval.isZero()) {
      return false;
    }
    Notice.TalkingDue speaker = new Notice.TalkingDue(room, event.member().call());
    Instant now = time.now();
    Told told = speakers.get(speaker);
    if (told == null || !now.isBefore(told.at.plus(interval)) && told.held == null) {
      speakers.put(speaker, new Told(now, begins));
      return false;
    }
    if (told.held == null) {
      time.after(
          Duration.between(now, told.at.plus(interval)),
          "talking-" + event.member().call(),
          () -> tell.accept(room, speaker));
    }
    told.held = event;
    return true;
  }

  /** What is to be told now; empty if it is what was told before. */
  Optional<MixerEvent.Changed> due(Notice.TalkingDue speaker) {
    Told told = speakers.get(speaker);
    if (told == null || told.held == null) {
      return Optional.empty();
    }
    MixerEvent.Changed held = told.held;
    boolean talking = held.what() == MixerEvent.Change.TALKING;
    told.held = null;
    if (talking == told.talking) {
      return Optional.empty();
    }
    told.talking = talking;
    told.at = time.now();
    return Optional.of(held);
  }

  void gone(RoomId room, CallId call) {
    speakers.remove(new Notice.TalkingDue(room, call));
  }
}
