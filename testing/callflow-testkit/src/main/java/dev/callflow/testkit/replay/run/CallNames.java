package dev.callflow.testkit.replay.run;

import dev.callflow.core.call.CallId;
import dev.callflow.testkit.replay.script.ScriptedCaller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The names that a case has for its calls; several legs may be dialled by one name. Safe for use by
 * any thread.
 */
public final class CallNames {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<CallId, String> names = new LinkedHashMap<>();

  public void put(CallId call, String name) {
    lock.lock();
    try {
      names.put(call, name);
    } finally {
      lock.unlock();
    }
  }

  /** The name of a call, or its id. */
  String of(CallId call) {
    lock.lock();
    try {
      return names.getOrDefault(call, call.value());
    } finally {
      lock.unlock();
    }
  }

  /** The calls of a name, in the order in which they came. */
  List<CallId> calls(String name) {
    lock.lock();
    try {
      CallId caller = ScriptedCaller.id(name);
      return names.containsKey(caller)
          ? List.of(caller)
          : names.entrySet().stream()
              .filter(entry -> entry.getValue().equals(name))
              .map(Map.Entry::getKey)
              .toList();
    } finally {
      lock.unlock();
    }
  }
}
