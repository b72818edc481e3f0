package dev.callflow.esl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of a server by the uuid of their channel. One connection at a time controls a call: a
 * second connection that names the uuid of a live call does not get it.
 *
 * <p>Safe for use by any thread.
 *
 * @param <C> a call, as its connection knows it
 */
final class LiveCalls<C> {

  private final Map<String, C> calls = new ConcurrentHashMap<>();

  /**
   * Enters a call under its uuid, unless another connection controls that call.
   *
   * <p>There is no exception. One for a call that we have transferred ourselves, and that names a
   * position which we have signed, belongs here and nowhere else.
   */
  boolean enter(String uuid, C call) {
    C there = calls.putIfAbsent(uuid, call);
    return there == null || there == call;
  }

  /** Removes a call; does nothing if its uuid belongs to another connection by now. */
  void leave(String uuid, C call) {
    calls.remove(uuid, call);
  }
}
