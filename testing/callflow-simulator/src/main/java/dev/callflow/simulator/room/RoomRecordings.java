package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The recordings of a room. Guarded by the switch's lock. */
public final class RoomRecordings {

  /**
   * A recording: the length recorded before the current stretch, and the start of that stretch,
   * which is null while the recording is paused.
   */
  private record Tape(Duration before, @Nullable Instant since) {

    Duration length(Instant now) {
      return since == null ? before : before.plus(Duration.between(since, now));
    }
  }

  private final SwitchLock lock;
  private final RoomSnapshots room;
  private final MediaShelf media;
  private final Predicate<String> recordable;
  private final Map<String, Tape> tapes = new LinkedHashMap<>();
  private String last = "";

  RoomRecordings(
      SwitchLock lock, RoomSnapshots room, MediaShelf media, Predicate<String> recordable) {
    this.lock = lock;
    this.room = room;
    this.media = media;
    this.recordable = recordable;
  }

  List<String> running() {
    return List.copyOf(tapes.keySet());
  }

  Set<String> paused() {
    return tapes.entrySet().stream()
        .filter(tape -> tape.getValue().since() == null)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Returns the file of the latest recording, even if it failed; empty if there was none. */
  String last() {
    return last;
  }

  public boolean start(String path) {
    if (tapes.containsKey(path)) {
      return false;
    }
    last = path;
    if (!recordable.test(path)) {
      lock.emit(new SwitchEvent.RoomRecordingStarted(room.state(), path, true));
      lock.emit(new SwitchEvent.RoomRecordingStopped(room.state(), path, Duration.ZERO));
      return true;
    }
    tapes.put(path, new Tape(Duration.ZERO, lock.now()));
    lock.emit(new SwitchEvent.RoomRecordingStarted(room.state(), path, false));
    return true;
  }

  public boolean pause(String path, boolean on) {
    Tape tape = tapes.get(path);
    if (tape == null) {
      return false;
    }
    tapes.put(path, new Tape(tape.length(lock.now()), on ? null : lock.now()));
    lock.emit(new SwitchEvent.RoomRecordingPaused(room.state(), path, on));
    return true;
  }

  public boolean stop(String path) {
    Tape tape = tapes.remove(path);
    if (tape == null) {
      return false;
    }
    Duration length = tape.length(lock.now());
    media.recorded(path, length);
    lock.emit(new SwitchEvent.RoomRecordingStopped(room.state(), path, length));
    return true;
  }

  void stopAll() {
    running().forEach(this::stop);
  }
}
