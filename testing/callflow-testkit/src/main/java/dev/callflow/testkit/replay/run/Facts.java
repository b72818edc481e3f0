package dev.callflow.testkit.replay.run;

import dev.callflow.conference.RoomView;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.kazoo.ControlReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.testkit.replay.script.ExpectedOutcome;
import dev.callflow.testkit.replay.script.Operation;
import dev.callflow.testkit.replay.script.ScriptedCaller;
import dev.callflow.testkit.replay.text.Timed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The recorded facts about a run. Facts are added either by threads of virtual time, only one of
 * which runs at a time, or under the recorder's lock. Any thread may add names, views and replies.
 */
public final class Facts {

  final Map<CallId, CallFacts> calls = new LinkedHashMap<>();
  public final CallNames names = new CallNames();
  final List<Timed<ConferenceEvent>> events = new ArrayList<>();
  final Map<RoomId, List<Timed<String>>> roomHeard = new HashMap<>();
  final Map<RoomId, Integer> recordings = new HashMap<>();
  final Map<ExpectedOutcome.Snapshot, Optional<RoomView>> views = new ConcurrentHashMap<>();
  final Map<Operation, ControlReply> replies = new ConcurrentHashMap<>();
  public final List<String> failures = new ArrayList<>();
  final List<Script.Unfinished> unfinished = new ArrayList<>();
  public final List<String> logLines = new ArrayList<>();

  CallFacts call(CallId id) {
    return calls.computeIfAbsent(id, key -> new CallFacts());
  }

  /**
   * Returns the id of the call with the given name. If several dialled legs have this name, returns
   * the id of the first.
   */
  CallId id(String name) {
    List<CallId> all = names.calls(name);
    return all.isEmpty() ? ScriptedCaller.id(name) : all.getFirst();
  }

  /** Returns the name of a call in the case, or its id if it has no name. */
  public String name(CallId id) {
    return names.of(id);
  }
}
