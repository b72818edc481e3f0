package dev.callflow.conference;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The channel variables of those who are at a conference element, for the events about them. */
final class Callers {

  private final Map<CallId, Map<String, String>> variables = new ConcurrentHashMap<>();

  void arrived(Call call) {
    arrived(call.id(), call.incoming().variables());
  }

  void arrived(CallId call, Map<String, String> of) {
    variables.put(call, of);
  }

  void gone(CallId call) {
    variables.remove(call);
  }

  Map<String, String> variables(CallId call) {
    return variables.getOrDefault(call, Map.of());
  }
}
