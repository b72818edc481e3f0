package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.core.call.CallId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The conditions of one room that threads are waiting for. They are indexed by state, so the cost
 * of processing an event does not depend on their number. Owned by the room.
 */
final class Conditions {

  private final RoomInstances instances;
  private final Predicate<CallId> departing;
  private final Map<Condition, List<PendingCondition>> pending = new HashMap<>();

  /** The members for whom a condition of many is not met yet. */
  private final Map<Condition.All, Set<CallId>> unmet = new LinkedHashMap<>();

  /**
   * @param instances the room's instances in the mixer
   * @param departing tests whether it is known why a caller is leaving
   */
  Conditions(RoomInstances instances, Predicate<CallId> departing) {
    this.instances = instances;
    this.departing = departing;
  }

  /** Completes a condition as soon as it is met; immediately if it is met already. */
  void expect(PendingCondition condition) {
    if (isMet(condition.condition())) {
      condition.complete(Condition.Result.MET);
    } else {
      pending.computeIfAbsent(condition.condition(), key -> new ArrayList<>()).add(condition);
      if (condition.condition() instanceof Condition.All all) {
        Set<CallId> calls = new HashSet<>(all.calls());
        calls.removeIf(call -> isMet(all, call));
        unmet.put(all, calls);
      }
    }
  }

  void forget(PendingCondition condition) {
    pending.computeIfPresent(
        condition.condition(),
        (key, all) -> {
          all.remove(condition);
          return all.isEmpty() ? null : all;
        });
    if (condition.condition() instanceof Condition.All all && !pending.containsKey(all)) {
      unmet.remove(all);
    }
  }

  /** Called when it becomes known why a caller is leaving. */
  void departing(CallId call) {
    met(new Condition.Departing(call));
  }

  /** Completes the conditions that an event meets or makes impossible. */
  void onEvent(MixerEvent.InRoom event) {
    switch (event) {
      case MixerEvent.Added added -> met(new Condition.In(added.member().call()));
      case MixerEvent.Removed removed -> {
        met(new Condition.Out(removed.member().call()));
        changed(removed.member().call());
      }
      case MixerEvent.Changed changed -> {
        metBy(changed).ifPresent(this::met);
        changed(changed.member().call());
      }
      case MixerEvent.Locked lock -> met(new Condition.Locked(lock.on()));
      case MixerEvent.RecordingStarted started ->
          complete(
              new Condition.Recording(true),
              started.failed() ? Condition.Result.FAILED : Condition.Result.MET);
      case MixerEvent.RecordingStopped stopped -> met(new Condition.Recording(false));
      // The room may have other instances; ended() is called when the last one has ended.
      case MixerEvent.Destroyed destroyed -> {}
      case MixerEvent.Created created -> {}
      case MixerEvent.FloorChanged changed -> {}
      case MixerEvent.PlayStarted play -> {}
      case MixerEvent.PlayEnded play -> {}
    }
  }

  /** Completes the conditions of many for which this member was the last one. */
  private void changed(CallId call) {
    for (Map.Entry<Condition.All, Set<CallId>> each : List.copyOf(unmet.entrySet())) {
      Condition.All all = each.getKey();
      if (all.calls().contains(call)) {
        if (!isMet(all, call)) {
          each.getValue().add(call);
        } else if (each.getValue().remove(call) && each.getValue().isEmpty()) {
          met(all);
        }
      }
    }
  }

  private static Optional<Condition> metBy(MixerEvent.Changed changed) {
    Member member = changed.member();
    CallId call = member.call();
    return switch (changed.what()) {
      case MUTED, UNMUTED -> Optional.of(new Condition.Muted(call, member.muted()));
      case DEAFENED, UNDEAFENED -> Optional.of(new Condition.Deaf(call, member.deaf()));
      case ENERGY -> Optional.of(new Condition.Energy(call, member.energyLevel()));
      case TALK_VOLUME -> Optional.of(new Condition.TalkVolume(call, member.talkVolume()));
      case LISTEN_VOLUME -> Optional.of(new Condition.ListenVolume(call, member.listenVolume()));
      case TALKING, SILENT, KICKED, OTHER -> Optional.empty();
    };
  }

  /**
   * Called when the last instance has ended. Completes the conditions that are now met; the others
   * can no longer be met.
   */
  void ended() {
    met(new Condition.Ended());
    for (Condition condition : List.copyOf(pending.keySet())) {
      if (isMet(condition)) {
        met(condition);
      }
    }
  }

  private void met(Condition condition) {
    complete(condition, Condition.Result.MET);
  }

  private void complete(Condition condition, Condition.Result result) {
    List<PendingCondition> all = pending.remove(condition);
    if (all != null) {
      all.forEach(each -> each.complete(result));
    }
    if (condition instanceof Condition.All ofMany) {
      unmet.remove(ofMany);
    }
  }

  /** Returns whether the condition is met now. */
  boolean isMet(Condition condition) {
    return switch (condition) {
      case Condition.Muted(CallId call, boolean on) -> is(call, member -> member.muted() == on);
      case Condition.Deaf(CallId call, boolean on) -> is(call, member -> member.deaf() == on);
      case Condition.All all -> all.calls().stream().allMatch(call -> isMet(all, call));
      case Condition.In(CallId call) -> instances.member(call).isPresent();
      case Condition.Out(CallId call) -> instances.member(call).isEmpty();
      case Condition.Departing(CallId call) -> departing.test(call);
      case Condition.Energy(CallId call, int level) ->
          is(call, member -> member.energyLevel() == level);
      case Condition.TalkVolume(CallId call, int level) ->
          is(call, member -> member.talkVolume() == level);
      case Condition.ListenVolume(CallId call, int level) ->
          is(call, member -> member.listenVolume() == level);
      case Condition.Locked(boolean on) ->
          instances.current().isPresent() && instances.isLocked() == on;
      case Condition.Recording(boolean on) ->
          instances.current().map(instance -> instance.recording == on).orElse(false);
      case Condition.Ended ended -> instances.isEmpty();
    };
  }

  private boolean isMet(Condition.All all, CallId call) {
    return instances
        .member(call)
        .map(member -> member.flags().has(all.flag()) == all.on())
        .orElse(true);
  }

  private boolean is(CallId call, Predicate<Member> state) {
    return instances.member(call).filter(state).isPresent();
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }
}
