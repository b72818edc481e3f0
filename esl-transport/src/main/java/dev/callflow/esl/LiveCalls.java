package dev.callflow.esl;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live calls of a server, by channel uuid. Only one connection at a time controls a call: a
 * second connection that claims the uuid of a live call does not get control of it.
 *
 * <p>Safe for use by any thread.
 *
 * @param <C> the type of a call
 */
final class LiveCalls<C> {

  private final Map<String, C> calls = new ConcurrentHashMap<>();

  /**
   * Registers a call under its uuid, unless another connection controls that call. The only
   * exception is {@link #replace}.
   *
   * @return whether the call is now registered
   */
  boolean register(String uuid, C call) {
    C existing = calls.putIfAbsent(uuid, call);
    return existing == null || existing == call;
  }

  /**
   * Registers a call that has proved to be the one of that uuid; returns the connection that it
   * replaces.
   */
  Optional<C> replace(String uuid, C call) {
    return Optional.ofNullable(calls.put(uuid, call)).filter(before -> before != call);
  }

  /** Removes a call; does nothing if its uuid now belongs to another connection. */
  void remove(String uuid, C call) {
    calls.remove(uuid, call);
  }
}
