package dev.callflow.conference.room;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.room.JoinDecision.DenyReason;
import dev.callflow.core.call.CallId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who gets a seat in a room. Takes into account the limit, the lock, bans, duplicate
 * callers and whether callers must wait for a moderator. Owned by the room's thread.
 */
final class Seats {

  private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

  private final RoomInstances instances;
  private final RoomEffects effects;
  private final Consumer<CallId> departing;
  private final Map<CallId, Seat> taken = new LinkedHashMap<>();

  /** Callers who are waiting for a moderator. */
  private final Map<CallId, JoinRequest> waiting = new LinkedHashMap<>();

  /** Callers who are waiting for the seat of a member who is leaving. */
  private final Map<CallId, JoinRequest> promised = new LinkedHashMap<>();

  /**
   * Callers whose legs have left the room, although the mixer has not reported their departure yet.
   */
  private final Set<CallId> out = new HashSet<>();

  private final Set<String> banned = new HashSet<>();
  private OptionalInt limit = OptionalInt.empty();

  /**
   * @param instances the room's instances in the mixer
   * @param departing called when the reason for a member's departure becomes known
   */
  Seats(RoomInstances instances, RoomEffects effects, Consumer<CallId> departing) {
    this.instances = instances;
    this.effects = effects;
    this.departing = departing;
  }

  // ---- decisions

  /** Decides atomically whether a caller is seated, waits or is refused. */
  JoinDecision join(JoinRequest request) {
    if (waiting.containsKey(request.call())) {
      return new JoinDecision.Waiting();
    }
    if (taken.containsKey(request.call())) {
      return new JoinDecision.Seated();
    }
    if (promised.containsKey(request.call())) {
      return new JoinDecision.SeatPending();
    }
    if (banned.contains(request.number())) {
      return new JoinDecision.Refused(DenyReason.BANNED);
    }
    if (!request.number().isEmpty()) {
      switch (request.rules().onDuplicate()) {
        case ALLOW -> {}
        case REFUSE -> {
          if (hasCaller(request.number())) {
            return new JoinDecision.Refused(DenyReason.DUPLICATE);
          }
        }
        case REPLACE -> kickOlder(request.number());
      }
    }
    if (instances.isLocked() && !request.exempt()) {
      return new JoinDecision.Refused(DenyReason.LOCKED);
    }
    JoinRequest.Rules rules = request.rules();
    boolean needsModerator = rules.waitForModerator() || rules.requireModerator();
    if (request.moderator() || !needsModerator || hasModerator()) {
      return seat(request);
    }
    if (rules.waitForModerator()) {
      waiting.put(request.call(), request);
      return new JoinDecision.Waiting();
    }
    return new JoinDecision.Refused(DenyReason.NO_MODERATOR);
  }

  /**
   * Takes a seat for a participant whom an operator adds, by dialling or moving them. They are
   * refused only if no seat is free or if their call already has one.
   */
  JoinDecision invite(Invitation invitation) {
    if (taken.containsKey(invitation.call())) {
      return new JoinDecision.Refused(DenyReason.DUPLICATE);
    }
    if (invitation.counted() && isFull(invitation.rules())) {
      return new JoinDecision.Refused(DenyReason.FULL);
    }
    take(Seat.of(invitation));
    return new JoinDecision.Seated();
  }

  /** Gives a seat to a member of a room that was already running, if they have none. */
  void seatAgain(Invitation invitation) {
    if (!taken.containsKey(invitation.call()) && instances.member(invitation.call()).isPresent()) {
      Seat seat = Seat.of(invitation);
      seat.enter();
      take(seat);
    }
  }

  private JoinDecision seat(JoinRequest request) {
    if (request.counted() && isFull(request.rules())) {
      if (taken.values().stream().noneMatch(seat -> seat.counted && seat.isDeparting())) {
        return new JoinDecision.Refused(DenyReason.FULL);
      }
      // A kicked member keeps their seat until the mixer has released them.
      promised.put(request.call(), request);
      return new JoinDecision.SeatPending();
    }
    take(Seat.of(request));
    return new JoinDecision.Seated();
  }

  private void take(Seat seat) {
    taken.put(seat.call, seat);
    effects.seats(1);
  }

  /**
   * Returns whether the limit is reached; an operator's limit takes precedence over the document's.
   */
  private boolean isFull(JoinRequest.Rules rules) {
    OptionalInt max =
        limit.isEmpty() ? rules.seats() : limit.getAsInt() == 0 ? OptionalInt.empty() : limit;
    return max.isPresent() && count() >= max.getAsInt();
  }

  /**
   * Counts the taken seats and the members without a seat, such as those dialled by another
   * application.
   */
  private long count() {
    long membersWithoutSeat =
        instances.current().stream()
            .flatMap(instance -> instance.members.values().stream())
            .filter(member -> !member.ghost() && !taken.containsKey(member.call()))
            .filter(member -> !out.contains(member.call()))
            .count();
    return membersWithoutSeat + taken.values().stream().filter(seat -> seat.counted).count();
  }

  private boolean hasCaller(String number) {
    return taken.values().stream()
            .anyMatch(seat -> !seat.isDeparting() && seat.number.equals(number))
        || outside().anyMatch(request -> request.number().equals(number));
  }

  private Stream<JoinRequest> outside() {
    return Stream.concat(waiting.values().stream(), promised.values().stream());
  }

  private void kickOlder(String number) {
    for (Seat seat : taken.values()) {
      if (seat.number.equals(number) && depart(seat, LeaveReason.KICKED)) {
        effects.kick(seat.call);
      }
    }
    for (JoinRequest request : outside().toList()) {
      if (request.number().equals(number)) {
        waiting.remove(request.call());
        promised.remove(request.call());
        turnAway(request);
      }
    }
  }

  private static void turnAway(JoinRequest request) {
    if (!request.listener().test(new JoinDecision.Refused(DenyReason.KICKED))) {
      LOG.debug("call {}: hung up before it could be turned away", request.call());
    }
  }

  boolean hasModerator() {
    return taken.values().stream()
            .anyMatch(seat ->
                instances.isModerator(seat.call, seat.moderator)
                    && seat.hasEntered()
                    && !seat.isDeparting())
        || instances.members().stream()
            .anyMatch(member -> member.moderator() && departure(member.call()).isEmpty());
  }

  /** Called when a moderator has entered; admits or refuses each of the waiting callers. */
  void admitWaiting() {
    for (JoinRequest request : List.copyOf(waiting.values())) {
      waiting.remove(request.call());
      notify(request, afterWaiting(request));
    }
  }

  private JoinDecision afterWaiting(JoinRequest request) {
    if (banned.contains(request.number())) {
      return new JoinDecision.Refused(DenyReason.BANNED);
    }
    return instances.isLocked() && !request.exempt()
        ? new JoinDecision.Refused(DenyReason.LOCKED)
        : seat(request);
  }

  /**
   * Notifies a caller of a decision; releases their seat again if they have hung up in the
   * meantime.
   */
  private void notify(JoinRequest request, JoinDecision decision) {
    if (!request.listener().test(decision) && taken.remove(request.call()) != null) {
      effects.seats(-1);
    }
  }

  // ---- entering and leaving

  /** Called when a caller has entered. */
  Optional<Seat> entered(CallId call) {
    Optional<Seat> seat = find(call);
    seat.ifPresent(Seat::enter);
    return seat;
  }

  /**
   * Called when a caller has left or will not enter; releases their seat or their place among the
   * waiting callers.
   */
  Optional<Seat> leave(CallId call) {
    waiting.remove(call);
    promised.remove(call);
    Seat seat = taken.remove(call);
    if (seat == null) {
      return Optional.empty();
    }
    effects.seats(-1);
    if (instances.member(call).isPresent()) {
      out.add(call);
    }
    seatPromised();
    return Optional.of(seat);
  }

  /** Releases the seats of all members, for instance because the mixer is gone. */
  void releaseEntered() {
    List.copyOf(taken.values()).stream().filter(Seat::hasEntered).forEach(seat -> leave(seat.call));
  }

  private void seatPromised() {
    for (JoinRequest request : List.copyOf(promised.values())) {
      promised.remove(request.call());
      JoinDecision decision = seat(request);
      if (!(decision instanceof JoinDecision.SeatPending)) {
        notify(request, decision);
      }
    }
  }

  /** Called when the mixer reports that a member has left. */
  void removed(CallId call) {
    out.remove(call);
  }

  /** Records why a member is leaving; only the first reason counts. */
  void departs(CallId call, LeaveReason reason) {
    find(call).ifPresent(seat -> depart(seat, reason));
  }

  private boolean depart(Seat seat, LeaveReason reason) {
    boolean first = seat.depart(reason);
    if (first) {
      departing.accept(seat.call);
    }
    return first;
  }

  Optional<LeaveReason> departure(CallId call) {
    return find(call).flatMap(Seat::departure);
  }

  /**
   * Records that a member is being moved to another room; returns false if they have no seat, have
   * not entered, or are already leaving.
   */
  boolean moves(CallId call, Move move) {
    boolean moves = find(call).filter(seat -> seat.move(move)).isPresent();
    if (moves) {
      departing.accept(call);
    }
    return moves;
  }

  /** Called when a move has failed and the member stays. */
  void stays(CallId call) {
    find(call).ifPresent(Seat::stay);
  }

  Optional<Move> next(CallId call) {
    return find(call).flatMap(Seat::next);
  }

  /** Stops dialling a leg; returns false if the leg is not being dialled. */
  boolean cancel(CallId call) {
    return find(call).filter(seat -> stopRinging(seat, LeaveReason.KICKED)).isPresent();
  }

  /** Stops dialling all legs because the room is ending. */
  void stopRinging() {
    taken.values().forEach(seat -> stopRinging(seat, LeaveReason.ENDED));
  }

  private boolean stopRinging(Seat seat, LeaveReason reason) {
    boolean stops = seat.isRinging() && depart(seat, reason);
    if (stops) {
      effects.cancel(seat.call);
    }
    return stops;
  }

  /** Empties the room: turns away waiting callers, kicks all members and stops dialling. */
  void end() {
    List<JoinRequest> turnedAway = List.copyOf(waiting.values());
    waiting.clear();
    turnedAway.forEach(Seats::turnAway);
    Set<CallId> members = new LinkedHashSet<>();
    taken.values().stream().filter(Seat::hasEntered).forEach(seat -> members.add(seat.call));
    instances.current().ifPresent(instance -> members.addAll(instance.members.keySet()));
    for (CallId call : members) {
      if (departure(call).isEmpty()) {
        departs(call, LeaveReason.ENDED);
        effects.kick(call);
      }
    }
    stopRinging();
  }

  // ---- settings made by operators

  /** Bans a caller number; returns false if it is withheld or already banned. */
  boolean ban(String number) {
    String compared = CallerNumber.spelling(number);
    return !compared.isEmpty() && banned.add(compared);
  }

  /** Lifts the ban of a caller number; returns false if the number is not banned. */
  boolean unban(String number) {
    return banned.remove(CallerNumber.spelling(number));
  }

  /**
   * Sets the maximum number of participants; 0 means no limit. No participant is removed. Returns
   * whether the limit has changed.
   */
  boolean limit(int max) {
    boolean changes = !limit.equals(OptionalInt.of(max));
    limit = OptionalInt.of(max);
    return changes;
  }

  Set<String> banned() {
    return Set.copyOf(banned);
  }

  OptionalInt limit() {
    return limit;
  }

  /**
   * Called when the mixer's room has ended; clears the bans and the limit that operators have set.
   */
  void resetLimits() {
    banned.clear();
    limit = OptionalInt.empty();
  }

  // ---- queries

  private Optional<Seat> find(CallId call) {
    return Optional.ofNullable(taken.get(call));
  }

  /**
   * Corrects the properties that the mixer does not report correctly: its listings omit the ghost
   * flag, and for a dialled leg they show the switch's own caller number.
   */
  Member describe(Member member) {
    Seat seat = taken.get(member.call());
    if (seat == null) {
      return member;
    }
    Member named = seat.dialled ? member.withNumber(seat.number) : member;
    return seat.ghost ? named.with(Member.Flag.GHOST, true) : named;
  }

  boolean isWaiting(CallId call) {
    return waiting.containsKey(call);
  }

  int waiting() {
    return waiting.size();
  }

  Set<CallId> ringing() {
    return taken.values().stream()
        .filter(Seat::isRinging)
        .map(seat -> seat.call)
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean hasSeats() {
    return !taken.isEmpty();
  }

  /** Returns true if no caller has a seat, is waiting, or has been promised a seat. */
  boolean isEmpty() {
    return taken.isEmpty() && waiting.isEmpty() && promised.isEmpty();
  }
}
