package dev.callflow.esl;

import java.util.Map;
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
   * Registers a call under its uuid, unless another connection controls that call.
   *
   * <p>There are no exceptions to this rule. If one is ever needed, for instance for a call that we
   * transferred ourselves and that carries our signature, it belongs here.
   *
   * @return whether the call is now registered
   */
  boolean register(String uuid, C call) {
    C existing = calls.putIfAbsent(uuid, call);
    return existing == null || existing == call;
  }

  /** Removes a call; does nothing if another connection is now registered under its uuid. */
  void remove(String uuid, C call) {
    calls.remove(uuid, call);
  }
}
