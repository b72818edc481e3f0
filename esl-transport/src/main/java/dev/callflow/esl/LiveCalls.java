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
   * Registers a call under its uuid, unless another connection controls that call. Only {@link
   * #replace} takes a call away from a connection.
   *
   * @return whether the call is now registered
   */
  boolean register(String uuid, C call) {
    C existing = calls.putIfAbsent(uuid, call);
    return existing == null || existing == call;
  }

  /**
   * Registers a call under its uuid even if another connection controls that call. Use it only
   * after checking that the new connection may replace the other one.
   *
   * @return the connection that was replaced; empty if there was none
   */
  Optional<C> replace(String uuid, C call) {
    return Optional.ofNullable(calls.put(uuid, call)).filter(before -> before != call);
  }

  /** Removes a call; does nothing if another connection is now registered under its uuid. */
  void remove(String uuid, C call) {
    calls.remove(uuid, call);
  }
}
