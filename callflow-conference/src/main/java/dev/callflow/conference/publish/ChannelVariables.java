package dev.callflow.conference.publish;

import dev.callflow.conference.event.CallVariables;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the channel variables of the callers in a conference element, for use in the events about
 * these callers. The variables are removed only when both the call's thread and the mixer have
 * reported that the caller is gone, because the mixer's event can arrive after the end of the call.
 */
public final class ChannelVariables {

  /**
   * @param variables the variables as they were passed to {@code arrived}
   * @param shown those that events show; read once, because reading them decodes the channel's data
   */
  private record Caller(
      Map<String, String> variables, CallVariables shown, boolean here, int rooms) {

    Caller here(boolean now) {
      return new Caller(variables, shown, now, rooms);
    }

    Caller rooms(int now) {
      return new Caller(variables, shown, here, now);
    }
  }

  private final Map<CallId, Caller> callers = new ConcurrentHashMap<>();

  public void arrived(Call call) {
    arrived(call.id(), call.incoming().variables());
  }

  public void arrived(CallId call, Map<String, String> variables) {
    CallVariables shown = shown(variables);
    callers.compute(
        call, (id, known) -> new Caller(variables, shown, true, known == null ? 0 : known.rooms()));
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
          return known.rooms() == 0 ? null : known.here(false);
        });
  }

  /** Records that a caller has joined a room. */
  void joined(CallId call) {
    callers.computeIfPresent(call, (id, known) -> known.rooms(known.rooms() + 1));
  }

  /** Records that a caller has left a room. */
  void left(CallId call) {
    callers.computeIfPresent(
        call,
        (id, known) -> {
          int rooms = Math.max(0, known.rooms() - 1);
          return rooms == 0 && !known.here() ? null : known.rooms(rooms);
        });
  }

  /** Returns the variables that events show; none if the caller is not known. */
  CallVariables variables(CallId call) {
    Caller caller = callers.get(call);
    return caller == null ? CallVariables.NONE : caller.shown();
  }

  private static CallVariables shown(Map<String, String> variables) {
    Map<String, String> channel = new HashMap<>();
    Map<String, String> application = new HashMap<>();
    String presenceId = null;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith("cav_")) {
        application.put(name.substring("cav_".length()), variable.getValue());
      } else if (name.startsWith("callflow_") && !name.equals("callflow_account_id")) {
        channel.put(name.substring("callflow_".length()), variable.getValue());
      } else if (name.equals("presence_id")) {
        presenceId = variable.getValue();
      }
    }
    return new CallVariables(channel, application, Optional.ofNullable(presenceId));
  }
}
