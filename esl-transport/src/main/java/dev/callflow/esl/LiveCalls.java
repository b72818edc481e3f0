package dev.callflow.esl;

import java.util.Map;
import java.util.Optional;
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
   * Enters a call under its uuid, unless another connection controls that call. The only exception
   * is {@link #replace}.
   */
  boolean enter(String uuid, C call) {
    C there = calls.putIfAbsent(uuid, call);
    return there == null || there == call;
  }

  /**
   * Enters a call that has proved to be the one of that uuid; returns the connection that it
   * replaces.
   */
  Optional<C> replace(String uuid, C call) {
    return Optional.ofNullable(calls.put(uuid, call)).filter(before -> before != call);
  }

  /** Removes a call; does nothing if its uuid belongs to another connection by now. */
  void leave(String uuid, C call) {
    calls.remove(uuid, call);
  }
}
