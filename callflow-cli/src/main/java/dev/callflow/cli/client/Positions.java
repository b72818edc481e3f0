package dev.callflow.cli.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The version up to which the events of each room have been shown, so that they continue there
 * after a lost connection. Keeps the rooms whose events were the latest.
 */
final class Positions {

  /** The host accepts 200 frames of a client at once, and each room needs one to continue. */
  static final int MAX_ROOMS = 150;

  private final Map<String, Long> versions = new LinkedHashMap<>();

  /** Sets where a room begins, unless it is known. */
  void begin(String room, long version) {
    if (!versions.containsKey(room)) {
      put(room, version);
    }
  }

  /** Notes an event; returns false if it has been shown before. */
  boolean isNew(String room, long version) {
    Long last = versions.get(room);
    if (last != null && version <= last) {
      return false;
    }
    put(room, version);
    return true;
  }

  private void put(String room, long version) {
    versions.remove(room);
    versions.put(room, version);
    if (versions.size() > MAX_ROOMS) {
      versions.remove(versions.keySet().iterator().next());
    }
  }

  Set<String> rooms() {
    return Set.copyOf(versions.keySet());
  }

  long of(String room) {
    return versions.getOrDefault(room, 0L);
  }
}
