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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lives of one room that the mixer has told of: usually one, but an old and a new one overlap
 * for moments. Owned by the room's thread.
 */
final class RoomInstances {

  /** Lives that are remembered after their end, so that nothing late begins them again. */
  private static final int MOST_ENDED = 16;

  private final Function<CallId, Optional<Seat>> seats;
  private final Map<String, RoomInstance> lives = new LinkedHashMap<>();
  private final Set<String> ended = new LinkedHashSet<>();
  private final Map<CallId, Boolean> roles = new HashMap<>();

  /**
   * @param seats what is known of those who came in by us
   */
  RoomInstances(Function<CallId, Optional<Seat>> seats) {
    this.seats = seats;
  }

  /** Folds an event into its life; returns it with what is known, or empty if it is no news. */
  Optional<MixerEvent.InRoom> fold(MixerEvent.InRoom event, Instant now) {
    if (ended.contains(event.instance())) {
      return Optional.empty();
    }
    if (event instanceof MixerEvent.Created) {
      return lives.putIfAbsent(event.instance(), new RoomInstance(event.instance(), now)) == null
          ? Optional.of(event)
          : Optional.empty();
    }
    RoomInstance life = lives.get(event.instance());
    return life == null ? Optional.empty() : fold(event, life);
  }

  private Optional<MixerEvent.InRoom> fold(MixerEvent.InRoom event, RoomInstance life) {
    return switch (event) {
      case MixerEvent.Added(var room, String instance, Member member) -> {
        Member added =
            seats.apply(member.call()).map(seat -> asWeKnow(seat, member)).orElse(member);
        yield life.take(new MixerEvent.Added(room, instance, added))
            ? Optional.of(new MixerEvent.Added(room, instance, known(added)))
            : Optional.empty();
      }
      case MixerEvent.Removed(var room, String instance, Member member) -> {
        Member was = life.members.get(member.call());
        yield was != null && life.take(event)
            ? Optional.of(new MixerEvent.Removed(room, instance, known(was).withTalking(false)))
            : Optional.empty();
      }
      case MixerEvent.Changed(var room, String instance, var what, Member member) ->
          life.take(event)
              ? Optional.of(
                  new MixerEvent.Changed(
                      room,
                      instance,
                      what,
                      known(Objects.requireNonNull(life.members.get(member.call())))))
              : Optional.empty();
      case MixerEvent.InRoom other -> life.take(other) ? Optional.of(other) : Optional.empty();
    };
  }

  /** Listings do not show who is a ghost, and a dialled leg bears the switch's own name. */
  private static Member asWeKnow(Seat seat, Member member) {
    Member named = seat.dialled ? member.withNumber(seat.number) : member;
    return seat.ghost ? named.withGhost(true) : named;
  }

  /** A life that was running before anybody told of it. */
  void runsSince(String instance, Instant since) {
    lives.put(instance, new RoomInstance(instance, since));
  }

  /** A life has ended, and does not begin again, whatever comes late. */
  List<CallId> end(String instance) {
    RoomInstance life = lives.remove(instance);
    ended.add(instance);
    if (ended.size() > MOST_ENDED) {
      ended.remove(ended.iterator().next());
    }
    if (lives.isEmpty()) {
      roles.clear();
    }
    return life == null ? List.of() : List.copyOf(life.members.keySet());
  }

  List<RoomInstance> all() {
    return new ArrayList<>(lives.values());
  }

  boolean isEmpty() {
    return lives.isEmpty();
  }

  boolean has(String instance) {
    return lives.containsKey(instance);
  }

  @Nullable RoomInstance of(String instance) {
    return lives.get(instance);
  }

  /** The newest one. */
  Optional<RoomInstance> current() {
    RoomInstance last = null;
    for (RoomInstance life : lives.values()) {
      last = life;
    }
    return Optional.ofNullable(last);
  }

  /** The members of the newest life. */
  List<Member> members() {
    return current()
        .map(life -> life.members.values().stream().map(this::known).toList())
        .orElse(List.of());
  }

  Optional<Member> member(CallId call) {
    return current().map(life -> life.members.get(call)).map(this::known);
  }

  // ---- roles that operators have given

  private Member known(Member member) {
    Boolean role = roles.get(member.call());
    return role == null ? member : member.withModerator(role);
  }

  boolean isModerator(CallId call, boolean unlessSet) {
    return roles.getOrDefault(call, unlessSet);
  }

  void role(CallId call, boolean moderator) {
    roles.put(call, moderator);
  }

  void forgetRole(CallId call) {
    roles.remove(call);
  }
}
