package dev.callflow.testkit.replay.run;

import dev.callflow.core.call.CallId;
import dev.callflow.testkit.replay.script.ScriptedCaller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The names of calls in a case. Several dialled legs may have the same name. Thread-safe. */
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

  /** Returns the name of a call, or its id if it has no name. */
  String of(CallId call) {
    lock.lock();
    try {
      return names.getOrDefault(call, call.value());
    } finally {
      lock.unlock();
    }
  }

  /** Returns the calls with the given name, oldest first. */
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
