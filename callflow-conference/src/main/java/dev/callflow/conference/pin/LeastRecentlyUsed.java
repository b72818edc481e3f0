package dev.callflow.conference.pin;

import java.util.LinkedHashMap;
import java.util.Map;

/** A bounded map that drops its least recently used entry when it is full. */
final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {

  @java.io.Serial private static final long serialVersionUID = 1;

  private final int limit;

  LeastRecentlyUsed(int limit) {
    super(16, 0.75f, true);
    this.limit = limit;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > limit;
  }
}
