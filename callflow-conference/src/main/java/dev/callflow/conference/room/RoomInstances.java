package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one room that the mixer has reported. Usually there is one, but an old and a new
 * one can overlap briefly. Owned by the room.
 */
final class RoomInstances {

  /** The number of ended instances that are remembered, so that late events cannot reopen them. */
  private static final int MAX_ENDED = 16;

  private final UnaryOperator<Member> describe;
  private final Map<String, RoomInstance> instances = new LinkedHashMap<>();
  private final Set<String> ended = new LinkedHashSet<>();
  private final Map<CallId, Boolean> roles = new HashMap<>();

  /** The reasons of members who have given their seats back; the mixer still has them. */
  private final Map<CallId, LeaveReason> reasons = new HashMap<>();

  /**
   * @param describe adds to a member the properties that the mixer does not report
   */
  RoomInstances(UnaryOperator<Member> describe) {
    this.describe = describe;
  }

  /**
   * Applies an event to its instance; returns the event with complete data, or empty if the event
   * changes nothing.
   */
  Optional<MixerEvent.InRoom> fold(MixerEvent.InRoom event, Instant now) {
    if (ended.contains(event.instance())) {
      return Optional.empty();
    }
    RoomInstance instance = instances.get(event.instance());
    if (event instanceof MixerEvent.Created) {
      opened(event.instance(), now);
      return instance == null ? Optional.of(event) : Optional.empty();
    }
    return instance == null ? Optional.empty() : fold(event, instance);
  }

  private Optional<MixerEvent.InRoom> fold(MixerEvent.InRoom event, RoomInstance instance) {
    return switch (event) {
      case MixerEvent.Added(var room, String name, Member member) -> {
        Member added = describe.apply(member);
        yield instance.apply(new MixerEvent.Added(room, name, added))
            ? Optional.of(new MixerEvent.Added(room, name, withRole(added)))
            : Optional.empty();
      }
      case MixerEvent.Removed(var room, String name, Member member) -> {
        Member before = instance.members.get(member.call());
        yield before != null && instance.apply(event)
            ? Optional.of(
                new MixerEvent.Removed(
                    room, name, withRole(before).with(Member.Flag.TALKING, false)))
            : Optional.empty();
      }
      case MixerEvent.Changed(var room, String name, var what, Member member) ->
          instance.apply(event)
              ? Optional.of(
                  new MixerEvent.Changed(
                      room,
                      name,
                      what,
                      withRole(Objects.requireNonNull(instance.members.get(member.call())))))
              : Optional.empty();
      case MixerEvent.OfRoom ofRoom ->
          instance.apply(ofRoom) ? Optional.of(ofRoom) : Optional.empty();
    };
  }

  /** Opens an instance. It may have been running before this process noticed it. */
  void opened(String instance, Instant since) {
    instances.putIfAbsent(instance, new RoomInstance(instance, since));
  }

  /**
   * Ends an instance permanently and returns its members. Later events of the instance are ignored.
   */
  List<CallId> end(String name) {
    RoomInstance instance = instances.remove(name);
    ended.add(name);
    if (ended.size() > MAX_ENDED) {
      ended.remove(ended.iterator().next());
    }
    if (instances.isEmpty()) {
      roles.clear();
      reasons.clear();
    }
    return instance == null ? List.of() : List.copyOf(instance.members.keySet());
  }

  /** Forgets which instances have ended, so that they can be adopted again. */
  void forgetEnded() {
    ended.clear();
  }

  List<RoomInstance> all() {
    return new ArrayList<>(instances.values());
  }

  boolean isEmpty() {
    return instances.isEmpty();
  }

  boolean has(String instance) {
    return instances.containsKey(instance);
  }

  @Nullable RoomInstance find(String instance) {
    return instances.get(instance);
  }

  /** Returns the newest instance. */
  Optional<RoomInstance> current() {
    RoomInstance last = null;
    for (RoomInstance instance : instances.values()) {
      last = instance;
    }
    return Optional.ofNullable(last);
  }

  boolean isLocked() {
    return current().map(instance -> instance.locked).orElse(false);
  }

  /** Returns the members of the newest instance. */
  List<Member> members() {
    return current()
        .map(instance -> instance.members.values().stream().map(this::withRole).toList())
        .orElse(List.of());
  }

  Optional<Member> member(CallId call) {
    return current().map(instance -> instance.members.get(call)).map(this::withRole);
  }

  /** Returns the member of the newest instance to whom the mixer has given an id. */
  Optional<Member> numbered(String id) {
    return current().map(instance -> instance.numbers.get(id)).flatMap(this::member);
  }

  /** Returns the calls that can be moderators, because the mixer or an operator says so. */
  Stream<CallId> moderators() {
    return Stream.concat(
        current().stream().flatMap(instance -> instance.moderators.stream()),
        roles.keySet().stream());
  }

  // ---- roles set by operators

  private Member withRole(Member member) {
    Boolean role = roles.get(member.call());
    return role == null ? member : member.with(Member.Flag.MODERATOR, role);
  }

  boolean isModerator(CallId call, boolean defaultRole) {
    return roles.getOrDefault(call, defaultRole);
  }

  /**
   * Returns the members whose role an operator has changed, so that the mixer has another one; true
   * for moderators.
   */
  Map<CallId, Boolean> changedRoles() {
    Map<CallId, Boolean> changed = new HashMap<>();
    current()
        .ifPresent(instance ->
            instance
                .members
                .values()
                .forEach(member -> {
                  boolean moderator = isModerator(member.call(), member.moderator());
                  if (moderator != member.moderator()) {
                    changed.put(member.call(), moderator);
                  }
                }));
    return changed;
  }

  void role(CallId call, boolean moderator) {
    roles.put(call, moderator);
  }

  /**
   * Keeps why a member leaves until the mixer reports that they have left. Their own connection may
   * be faster than the one with the events of rooms, so that they have no seat by then.
   */
  void leaves(CallId call, LeaveReason reason) {
    if (member(call).isPresent()) {
      reasons.put(call, reason);
    }
  }

  Optional<LeaveReason> reason(CallId call) {
    return Optional.ofNullable(reasons.get(call));
  }

  /** Forgets what is known of a member who has left. */
  void forget(CallId call) {
    roles.remove(call);
    reasons.remove(call);
  }
}
