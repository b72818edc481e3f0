package dev.callflow.conference.room;

import dev.callflow.conference.kept.OperatorSettings;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.conference.room.JoinDecision.DenyReason;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who gets a seat in a room, and knows the callers outside. Takes into account the limit,
 * the lock, bans, duplicate callers and whether callers must wait for a moderator. Owned by the
 * room.
 */
final class Seats {

  private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

  /** Notified when callers begin and stop waiting for a moderator. */
  interface WaitingListener {

    void began(WaitingCaller caller);

    /** Called when a caller no longer waits. */
    void ended(WaitingCaller caller, WaitingEnd reason);
  }

  /** A caller who waits for a moderator. */
  private record Waiting(JoinRequest request, WaitingCaller caller) {}

  private final RoomInstances instances;
  private final OperatorSettings settings;
  private final RoomEffects effects;
  private final WaitingListener listener;
  private final InstantSource clock;
  private final Consumer<CallId> departing;
  private final Map<CallId, Seat> taken = new LinkedHashMap<>();

  // The following sets are kept up to date, so that a decision about one caller does not have to
  // look at all of them.
  private final Map<String, Set<CallId>> numbers = new HashMap<>();
  private final Set<CallId> moderators = new LinkedHashSet<>();
  private final Set<CallId> leaving = new HashSet<>();

  /** The members without a seat, such as those dialled by another application. */
  private final Set<CallId> unseated = new HashSet<>();

  private int counted;

  /** Callers at the door who have no seat yet: they hear a prompt, enter a PIN or wait. */
  private final Map<CallId, IncomingCall> visitors = new LinkedHashMap<>();

  /**
   * Callers outside whose calls are expected to come back, and the time until which the room keeps
   * a place for them. An earlier process knew them, or the connection to their call was lost.
   */
  private final Map<CallId, Instant> returning = new HashMap<>();

  /** Callers who may have waited for a moderator when an earlier process ended. */
  private final Set<CallId> waitedBefore = new HashSet<>();

  /** Callers who are waiting for a moderator. */
  private final Map<CallId, Waiting> waiting = new LinkedHashMap<>();

  /** Callers who are waiting for the seat of a member who is leaving. */
  private final Map<CallId, JoinRequest> promised = new LinkedHashMap<>();

  /**
   * Callers whose legs have left the room, although the mixer has not reported their departure yet.
   */
  private final Set<CallId> out = new HashSet<>();

  /**
   * @param instances the room's instances in the mixer
   * @param settings the settings that operators have made
   * @param departing called when the reason for a member's departure becomes known
   */
  Seats(
      RoomInstances instances,
      OperatorSettings settings,
      RoomEffects effects,
      WaitingListener listener,
      Consumer<CallId> departing,
      InstantSource clock) {
    this.instances = instances;
    this.settings = settings;
    this.effects = effects;
    this.listener = listener;
    this.departing = departing;
    this.clock = clock;
  }

  // ---- the door

  /** Called when a caller has reached the conference, before any question is asked. */
  void arrive(CallId call, IncomingCall incoming) {
    returning.remove(call);
    if (!taken.containsKey(call)) {
      visitors.put(call, incoming);
    }
  }

  /** Called when a caller has gone, or is no longer on their way into the room. */
  void goAway(CallId call) {
    visitors.remove(call);
    waitedBefore.remove(call);
  }

  /** Called when a caller comes back who may have waited when an earlier process ended. */
  void waitedBefore(CallId call) {
    waitedBefore.add(call);
  }

  /** Called when a caller outside whom an earlier process knew will come back. */
  void willReturn(CallId call, Instant until) {
    if (!visitors.containsKey(call) && !taken.containsKey(call)) {
      returning.put(call, until);
    }
  }

  /** Called when the connection to a caller outside is lost, before they {@link #leave}. */
  void connectionLost(CallId call, Instant until) {
    returning.put(call, until);
  }

  /** Called when a caller is in the room after all. */
  void willNotReturn(CallId call) {
    returning.remove(call);
  }

  /** Stops expecting the callers who have not come back in time. */
  void stopExpecting(Instant now) {
    returning.values().removeIf(until -> !until.isAfter(now));
  }

  /** Called when the mixer has restarted: the calls of those who would have returned are gone. */
  void nobodyReturns() {
    returning.clear();
  }

  /**
   * Returns the callers who are on their way into the room, or are expected to come back.
   *
   * @param orInside whether to include those who have entered it
   */
  Set<CallId> outside(boolean orInside) {
    Set<CallId> all = new LinkedHashSet<>(visitors.keySet());
    all.addAll(returning.keySet());
    taken.values().stream()
        .filter(seat -> orInside || !seat.hasEntered())
        .forEach(seat -> all.add(seat.call));
    return all;
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
    if (settings.isBanned(request.number())) {
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
    JoinRequest.Rules rules = request.rules();
    boolean needsModerator = rules.waitForModerator() || rules.requireModerator();
    boolean mayEnter = request.moderator() || !needsModerator || hasModerator();
    // Callers who waited before a restart wait again; the lock counts when a moderator enters.
    boolean waitsAgain =
        !mayEnter && rules.waitForModerator() && waitedBefore.contains(request.call());
    if (settings.isLocked() && !request.exempt() && !waitsAgain) {
      return new JoinDecision.Refused(DenyReason.LOCKED);
    }
    if (mayEnter) {
      return seat(request);
    }
    if (rules.waitForModerator()) {
      begin(request);
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

  private void begin(JoinRequest request) {
    Optional<IncomingCall> incoming = Optional.ofNullable(visitors.get(request.call()));
    WaitingCaller caller =
        new WaitingCaller(
            request.call(),
            incoming.map(IncomingCall::callerName).orElse(""),
            incoming.map(IncomingCall::callerNumber).orElseGet(request::number),
            clock.instant());
    waiting.put(request.call(), new Waiting(request, caller));
    listener.began(caller);
  }

  private JoinDecision seat(JoinRequest request) {
    if (request.counted() && isFull(request.rules())) {
      if (leaving.stream().noneMatch(call -> find(call).filter(it -> it.counted).isPresent())) {
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
    visitors.remove(seat.call);
    unseated.remove(seat.call);
    taken.put(seat.call, seat);
    numbers.merge(seat.number, Set.of(seat.call), Seats::joined);
    counted += seat.counted ? 1 : 0;
    if (seat.moderator) {
      moderators.add(seat.call);
    }
    effects.seats(1);
  }

  private @Nullable Seat release(CallId call) {
    Seat seat = taken.remove(call);
    if (seat != null) {
      numbers.computeIfPresent(
          seat.number,
          (number, calls) ->
              calls.equals(Set.of(call)) || calls.remove(call) && calls.isEmpty() ? null : calls);
      counted -= seat.counts() ? 1 : 0;
      moderators.remove(call);
      leaving.remove(call);
      effects.seats(-1);
    }
    return seat;
  }

  /**
   * Returns whether the limit is reached; an operator's limit takes precedence over the document's.
   */
  private boolean isFull(JoinRequest.Rules rules) {
    OptionalInt limit = settings.limit();
    OptionalInt max =
        limit.isEmpty() ? rules.seats() : limit.getAsInt() == 0 ? OptionalInt.empty() : limit;
    return max.isPresent() && unseated.size() + counted >= max.getAsInt();
  }

  private boolean hasCaller(String number) {
    return seatsOf(number).stream().anyMatch(seat -> !seat.isDeparting())
        || outside().anyMatch(request -> request.number().equals(number));
  }

  /** Adds a call to those of the same number, which are seldom more than one. */
  private static Set<CallId> joined(Set<CallId> calls, Set<CallId> one) {
    Set<CallId> several = calls.size() > 1 ? calls : new LinkedHashSet<>(calls);
    several.addAll(one);
    return several;
  }

  private List<Seat> seatsOf(String number) {
    return numbers.getOrDefault(number, Set.of()).stream()
        .flatMap(call -> find(call).stream())
        .toList();
  }

  private Stream<JoinRequest> outside() {
    return Stream.concat(
        waiting.values().stream().map(Waiting::request), promised.values().stream());
  }

  private void kickOlder(String number) {
    for (Seat seat : seatsOf(number)) {
      if (depart(seat, LeaveReason.KICKED)) {
        effects.kick(seat.call);
      }
    }
    for (JoinRequest request : outside().toList()) {
      if (request.number().equals(number)) {
        turnAway(request, DenyReason.KICKED);
      }
    }
  }

  /** Refuses a caller who waits for a moderator or for a seat. */
  private void turnAway(JoinRequest request, DenyReason reason) {
    promised.remove(request.call());
    stopWaiting(request.call(), refused(reason));
    if (!request.listener().test(new JoinDecision.Refused(reason))) {
      LOG.debug("call {}: hung up before it could be turned away", request.call());
    }
  }

  private void stopWaiting(CallId call, WaitingEnd reason) {
    Waiting waited = waiting.remove(call);
    if (waited != null) {
      listener.ended(waited.caller(), reason);
    }
  }

  private static WaitingEnd refused(DenyReason reason) {
    return switch (reason) {
      case BANNED -> WaitingEnd.BANNED;
      case DUPLICATE -> WaitingEnd.DUPLICATE;
      case LOCKED -> WaitingEnd.LOCKED;
      case FULL -> WaitingEnd.FULL;
      case NO_MODERATOR -> WaitingEnd.NO_MODERATOR;
      case KICKED -> WaitingEnd.KICKED;
      case UNAVAILABLE -> WaitingEnd.UNAVAILABLE;
    };
  }

  /** Turns away the callers outside who have a number that has just been banned. */
  void turnAwayBanned() {
    for (JoinRequest request : outside().toList()) {
      if (settings.isBanned(request.number())) {
        turnAway(request, DenyReason.BANNED);
      }
    }
  }

  /**
   * Returns whether a caller with a seat has been banned before they have entered. Participants
   * whom an operator has added are not subject to bans.
   */
  boolean isBannedBeforeEntering(CallId call) {
    return find(call)
        .filter(seat -> seat.caller && !seat.hasEntered() && settings.isBanned(seat.number))
        .isPresent();
  }

  /** Kicks a caller who waits for a moderator; returns false if they are not waiting. */
  boolean kickWaiting(CallId call) {
    Waiting waits = waiting.get(call);
    if (waits != null) {
      turnAway(waits.request(), DenyReason.KICKED);
    }
    return waits != null;
  }

  /** Called when a caller has waited as long as their conference allows. */
  void waitTimedOut(CallId call) {
    stopWaiting(call, WaitingEnd.NO_MODERATOR);
  }

  /**
   * Lets one waiting caller in, although no moderator is in the room and even if the room is
   * locked. If no seat is free, they are refused and continue to wait.
   *
   * @return the decision; empty if they are not waiting
   */
  Optional<JoinDecision> admit(CallId call) {
    Waiting waits = waiting.get(call);
    if (waits == null) {
      return Optional.empty();
    }
    JoinDecision decision = seat(waits.request());
    if (!(decision instanceof JoinDecision.Refused)) {
      admitted(waits, decision);
    }
    return Optional.of(decision);
  }

  boolean hasModerator() {
    return Stream.concat(moderators.stream(), instances.moderators())
        .anyMatch(call -> isSeatedModerator(call) || isModeratorInMixer(call));
  }

  private boolean isSeatedModerator(CallId call) {
    return find(call)
        .filter(seat -> instances.isModerator(call, seat.moderator))
        .filter(seat -> seat.hasEntered() && !seat.isDeparting())
        .isPresent();
  }

  private boolean isModeratorInMixer(CallId call) {
    return instances.member(call).filter(Member::moderator).isPresent()
        && departure(call).isEmpty();
  }

  /** Called when a moderator has entered; admits or refuses each of the waiting callers. */
  void admitWaiting() {
    for (Waiting waits : List.copyOf(waiting.values())) {
      admitted(waits, afterWaiting(waits.request()));
    }
  }

  private void admitted(Waiting waits, JoinDecision decision) {
    stopWaiting(
        waits.request().call(),
        decision instanceof JoinDecision.Refused(DenyReason reason)
            ? refused(reason)
            : WaitingEnd.ADMITTED);
    notify(waits.request(), decision);
  }

  private JoinDecision afterWaiting(JoinRequest request) {
    return settings.isLocked() && !request.exempt()
        ? new JoinDecision.Refused(DenyReason.LOCKED)
        : seat(request);
  }

  /**
   * Notifies a caller of a decision; releases their seat again if they have hung up in the
   * meantime.
   */
  private void notify(JoinRequest request, JoinDecision decision) {
    if (!request.listener().test(decision)) {
      release(request.call());
    }
  }

  // ---- entering and leaving

  /** Called when a caller has entered. */
  Optional<Seat> entered(CallId call) {
    Optional<Seat> seat = find(call);
    if (isBannedBeforeEntering(call)) {
      seat.filter(banned -> depart(banned, LeaveReason.KICKED))
          .ifPresent(banned -> effects.kick(call));
    }
    seat.ifPresent(Seat::enter);
    return seat;
  }

  /**
   * Called when a caller has left or will not enter; releases their seat or their place among the
   * waiting callers.
   */
  Optional<Seat> leave(CallId call) {
    stopWaiting(call, WaitingEnd.LEFT);
    promised.remove(call);
    visitors.remove(call);
    Seat seat = release(call);
    if (seat == null) {
      return Optional.empty();
    }
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

  /** Called when the mixer reports that a member has joined. */
  void added(Member member) {
    CallId call = member.call();
    Seat seat = taken.get(call);
    if (seat != null && seat.isVacatedInMixer()) {
      seat.occupy();
      counted += seat.counts() ? 1 : 0;
    }
    if (!member.ghost() && !taken.containsKey(call) && !out.contains(call)) {
      unseated.add(call);
    }
  }

  /**
   * Called when the mixer reports that a member has left, or that their room has ended. From now on
   * their seat does not count, even if their own leg leaves later.
   */
  void removed(CallId call) {
    out.remove(call);
    unseated.remove(call);
    Seat seat = taken.get(call);
    if (seat != null && !seat.isVacatedInMixer()) {
      counted -= seat.counts() ? 1 : 0;
      seat.vacate();
      seatPromised();
    }
  }

  /** Records why a member is leaving; only the first reason counts. */
  void departs(CallId call, LeaveReason reason) {
    find(call).ifPresent(seat -> depart(seat, reason));
  }

  private boolean depart(Seat seat, LeaveReason reason) {
    boolean first = seat.depart(reason);
    if (first) {
      leaving.add(seat.call);
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
      leaving.add(call);
      departing.accept(call);
    }
    return moves;
  }

  /** Called when a move has failed and the member stays. */
  void stays(CallId call) {
    find(call)
        .ifPresent(seat -> {
          seat.stay();
          if (!seat.isDeparting()) {
            leaving.remove(call);
          }
        });
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
    List.copyOf(waiting.values()).forEach(waits -> turnAway(waits.request(), DenyReason.KICKED));
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

  Optional<WaitingCaller> waiting(CallId call) {
    return Optional.ofNullable(waiting.get(call)).map(Waiting::caller);
  }

  /** Returns the callers who wait for a moderator, in the order of their arrival. */
  List<WaitingCaller> waiting() {
    return waiting.values().stream().map(Waiting::caller).toList();
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

  /**
   * Returns true if no caller has a seat, is waiting, has been promised a seat, is at the door or
   * will come back there.
   */
  boolean isEmpty() {
    return taken.isEmpty() && hasNobodyOutside();
  }

  private boolean hasNobodyOutside() {
    return waiting.isEmpty() && promised.isEmpty() && visitors.isEmpty() && returning.isEmpty();
  }

  /**
   * Returns true if the only remaining seats are those of participants who have left or are
   * leaving.
   */
  boolean isDeserted() {
    return hasNobodyOutside() && taken.values().stream().allMatch(Seat::isVacated);
  }
}
