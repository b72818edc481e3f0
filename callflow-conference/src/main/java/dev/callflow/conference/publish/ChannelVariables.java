package dev.callflow.conference.publish;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The channel variables of the callers at a conference element, for the events about them. They are
 * kept until both the call's own thread and the mixer say that the caller is gone: the mixer's
 * event may come after the call's end.
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
   * @param variables those that the call arrived with: the same object, since a call that was
   *     transferred away may have come back, with others, before its old thread has ended
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

  /** A room shows the caller. */
  void joined(CallId call) {
    callers.computeIfPresent(
        call, (id, known) -> new Caller(known.variables(), known.here(), known.rooms() + 1));
  }

  /** A room does not show the caller any more. */
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
