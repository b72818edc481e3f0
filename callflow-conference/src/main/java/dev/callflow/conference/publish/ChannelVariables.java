package dev.callflow.conference.publish;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the channel variables of the callers in a conference element, for use in the events about
 * these callers. The variables are removed only when both the call's thread and the mixer have
 * reported that the caller is gone, because the mixer's event can arrive after the end of the call.
 */
public final class ChannelVariables {

  private record Caller(Map<String, String> variables, boolean here, int rooms) {}

  private final Map<CallId, Caller> callers = new ConcurrentHashMap<>();

  public void arrived(Call call) {
    arrived(call.id(), call.incoming().variables());
  }

  public void arrived(CallId call, Map<String, String> variables) {
    callers.compute(
        call, (id, known) -> new Caller(variables, true, known == null ? 0 : known.rooms()));
  }

  /**
   * Records that a call has ended.
   *
   * @param variables the object that was passed to {@code arrived}; other objects are ignored,
   *     because a call that was transferred away may have come back with other variables before its
   *     old thread ended
   */
  public void gone(CallId call, Map<String, String> variables) {
    callers.computeIfPresent(
        call,
        (id, known) -> {
          if (known.variables() != variables) {
            return known;
          }
          return known.rooms() == 0 ? null : new Caller(known.variables(), false, known.rooms());
        });
  }

  /** Records that a caller has joined a room. */
  void joined(CallId call) {
    callers.computeIfPresent(
        call, (id, known) -> new Caller(known.variables(), known.here(), known.rooms() + 1));
  }

  /** Records that a caller has left a room. */
  void left(CallId call) {
    callers.computeIfPresent(
        call,
        (id, known) -> {
          int rooms = Math.max(0, known.rooms() - 1);
          return rooms == 0 && !known.here()
              ? null
              : new Caller(known.variables(), known.here(), rooms);
        });
  }

  Map<String, String> variables(CallId call) {
    Caller caller = callers.get(call);
    return caller == null ? Map.of() : caller.variables();
  }
}
