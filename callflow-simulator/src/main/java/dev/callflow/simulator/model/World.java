package dev.callflow.simulator.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that the parts of a switch share; used inside the guard only. */
final class World {

  private final SwitchSettings settings;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final Map<String, Duration> recorded = new HashMap<>();
  private int lastMemberNumber;

  World(SwitchSettings settings) {
    this.settings = settings;
  }

  SwitchSettings settings() {
    return settings;
  }

  /** What can be played: the library, and what was recorded here. */
  MediaLibrary media() {
    return file -> Optional.ofNullable(recorded.get(file)).or(() -> settings.media().length(file));
  }

  void recorded(String path, Duration length) {
    recorded.put(path, length);
  }

  Set<String> recordings() {
    return Set.copyOf(recorded.keySet());
  }

  void discard(String path) {
    recorded.remove(path);
  }

  Map<String, Channel> channels() {
    return channels;
  }

  Map<String, Room> rooms() {
    return rooms;
  }

  int nextMemberNumber() {
    lastMemberNumber++;
    return lastMemberNumber;
  }
}
