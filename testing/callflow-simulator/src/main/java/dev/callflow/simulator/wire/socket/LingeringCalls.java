package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.model.ChannelState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that have ended but whose application's connection still lingers. Thread-safe. */
final class LingeringCalls {

  private final Map<String, ChannelState> calls = new ConcurrentHashMap<>();

  void add(ChannelState channel) {
    calls.put(channel.uuid(), channel);
  }

  void remove(String uuid) {
    calls.remove(uuid);
  }

  Optional<ChannelState> find(String uuid) {
    return Optional.ofNullable(calls.get(uuid));
  }
}
