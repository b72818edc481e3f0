package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is known and decided about one room. Joins the {@link Seats}, the {@link
 * RoomInstances} that the mixer reports, the {@link Reconciler} that repairs what was missed, and
 * the {@link Conditions} that others wait for; and numbers and publishes what happens.
 *
 * <p>Has no threads of its own: the {@link Room} that owns it lends one. Never blocks.
 */
public final class RoomState {

  private static final Logger LOG = LoggerFactory.getLogger(RoomState.class);

  private final RoomId id;
  private final Consumer<RoomEvent> listener;
  private final RoomEffects effects;
  private final InstantSource clock;
  private final RoomInstances instances = new RoomInstances(this::describe);
  private final Conditions conditions =
      new Conditions(instances, call -> departure(call).isPresent());
  private final Seats seats;
  private final Reconciler reconciler;
  private final Map<String, String> variables = new HashMap<>();
  private JoinRequest.@Nullable Rules rules;

  /** When the room ends for want of a moderator. */
  private @Nullable Instant endsAt;

  private long version;

  /**
   * @param firstVersion above every version that the room has ever had
   */
  RoomState(
      RoomId id,
      Consumer<RoomEvent> listener,
      RoomEffects effects,
      InstantSource clock,
      long firstVersion) {
    this.id = id;
    this.listener = listener;
    this.effects = effects;
    this.clock = clock;
    this.version = firstVersion;
    this.seats = new Seats(instances, effects, conditions::departing);
    this.reconciler = new Reconciler(id, instances);
  }

  private Member describe(Member member) {
    return seats.describe(member);
  }

  // ---- callers

  /** Decides about a caller: seated, waiting or refused, in one step. */
  JoinDecision join(JoinRequest request) {
    rulesUnlessKnown(request.rules());
    boolean waitedBefore = seats.isWaiting(request.call());
    JoinDecision decision = seats.join(request);
    if (decision instanceof JoinDecision.Waiting && !waitedBefore) {
      version++;
    }
    return decision;
  }

  /** Takes a seat for somebody whom an operator wants in. */
  JoinDecision invite(Invitation invitation) {
    rulesUnlessKnown(invitation.rules());
    return seats.invite(invitation);
  }

  private void rulesUnlessKnown(JoinRequest.@Nullable Rules found) {
    if (rules == null) {
      rules = found;
    }
  }

  /** The caller is in: others may have waited for that. */
  public void entered(CallId call) {
    seats
        .entered(call)
        .ifPresent(seat -> {
          reconciler.callerIsIn();
          if (seat.moderator) {
            moderatorIsIn();
          }
        });
  }

  /** The caller is out, or will not come: frees the seat, or the place outside. */
  public Optional<LeaveReason> leave(CallId call) {
    if (seats.isWaiting(call)) {
      version++;
    }
    Optional<Seat> seat = seats.leave(call);
    if (seat.filter(this::wasModeratorInside).isPresent()) {
      moderatorIsOut();
    }
    return seat.flatMap(Seat::departure);
  }

  private boolean wasModeratorInside(Seat seat) {
    return seat.hasEntered() && instances.isModerator(seat.call, seat.moderator);
  }

  /** Tells why a caller is about to leave, if that is known. */
  public Optional<LeaveReason> departure(CallId call) {
    return seats.departure(call);
  }

  /** Remembers why a caller is about to leave; the first reason counts. */
  public void departs(CallId call, LeaveReason reason) {
    seats.departs(call, reason);
  }

  /** Sends a member to another room; false if no thread of ours leads the member's call. */
  public boolean moves(CallId call, Move move) {
    boolean moves = seats.moves(call, move);
    if (moves) {
      note(new Notice.Moving(call, move.to()));
    }
    return moves;
  }

  /** The move failed: the member stays. */
  public void stays(CallId call) {
    seats.stays(call);
  }

  /** Tells where a member goes who is being moved. */
  public Optional<Move> next(CallId call) {
    return seats.next(call);
  }

  /** Stops dialling somebody; false if they are not being dialled. */
  public boolean cancel(CallId call) {
    return seats.cancel(call);
  }

  // ---- operators

  /** Bans a caller number while the room lives. */
  public void ban(String number) {
    if (seats.ban(number)) {
      note(new Notice.BanSet(number, true));
    }
  }

  /** Lifts a ban. */
  public void unban(String number) {
    if (seats.unban(number)) {
      note(new Notice.BanSet(number, false));
    }
  }

  /** Sets the number of seats, 0 for no limit; everybody who is in stays. */
  public void limit(int max) {
    if (seats.limit(max)) {
      note(new Notice.LimitSet(max));
    }
  }

  /** Sets variables; an empty value removes one. */
  public void variables(Map<String, String> changed) {
    changed.forEach((name, value) -> {
      if (value.isEmpty()) {
        variables.remove(name);
      } else {
        variables.put(name, value);
      }
    });
    note(new Notice.VariablesSet());
  }

  /** Makes a member a moderator, or not; FreeSWITCH cannot, so it is kept here. */
  public boolean role(CallId call, boolean moderator) {
    Optional<Member> found = member(call);
    if (found.isEmpty()) {
      return false;
    }
    if (found.get().moderator() != moderator) {
      instances.role(call, moderator);
      note(new Notice.RoleSet(found.get().with(Member.Flag.MODERATOR, moderator)));
      if (moderator) {
        moderatorIsIn();
      } else {
        moderatorIsOut();
      }
    }
    return true;
  }

  /** Puts everybody out because the room ends; callers who wait or are being dialled stay out. */
  public void end() {
    endsAt = null;
    seats.end();
  }

  /** Publishes something that the mixer does not know of. */
  public void note(Notice notice) {
    version++;
    listener.accept(
        new RoomEvent.Noted(id, notice, instance().map(it -> it.id).orElse(""), version));
  }

  // ---- the moderator

  private void moderatorIsIn() {
    endsAt = null;
    seats.admitWaiting();
  }

  private void moderatorIsOut() {
    if (rules != null && rules.requireModerator() && !seats.hasModerator() && !isDeserted()) {
      endsAt = clock.instant().plus(rules.grace());
    }
  }

  private boolean isDeserted() {
    return !seats.hasSeats() && instance().map(it -> it.members.isEmpty()).orElse(true);
  }

  /** When the room ends for want of a moderator; null if it does not. */
  @Nullable Instant endsAt() {
    return endsAt;
  }

  // ---- the mixer

  /** Applies an event of the mixer, and publishes it if it says anything new. */
  void onEvent(MixerEvent.InRoom event) {
    if (event instanceof MixerEvent.Added && !instances.has(event.instance())) {
      // The event of the room's creation is missed, or late.
      onEvent(new MixerEvent.Created(id, event.instance()));
    }
    apply(event, RoomEvent.Happened::new);
  }

  private interface Publication {
    RoomEvent of(MixerEvent.InRoom event, long version);
  }

  private void apply(MixerEvent.InRoom event, Publication publication) {
    instances
        .fold(event, clock.instant())
        .ifPresent(known -> {
          version++;
          listener.accept(publication.of(known, version));
          react(known);
        });
  }

  private void react(MixerEvent.InRoom event) {
    conditions.onEvent(event);
    switch (event) {
      case MixerEvent.Added added -> added(added);
      case MixerEvent.Removed removed -> removed(removed.member());
      case MixerEvent.Changed changed -> {
        if (changed.what() == MixerEvent.Change.KICKED) {
          departs(changed.member().call(), LeaveReason.KICKED);
        }
      }
      case MixerEvent.Destroyed destroyed -> destroyed(destroyed.instance());
      case MixerEvent.Created created -> {}
      case MixerEvent.FloorChanged changed -> {}
      case MixerEvent.Locked lock -> {}
      case MixerEvent.PlayStarted play -> {}
      case MixerEvent.PlayEnded play -> {}
      case MixerEvent.RecordingStarted started -> {}
      case MixerEvent.RecordingStopped stopped -> {}
    }
  }

  private void added(MixerEvent.Added event) {
    if (event.member().moderator()) {
      moderatorIsIn();
    }
    RoomInstance instance = instances.find(event.instance());
    OptionalInt from = rules == null ? OptionalInt.empty() : rules.recordFrom();
    if (instance != null
        && from.isPresent()
        && !instance.autoRecorded
        && instance.hasAtLeast(from.getAsInt())) {
      instance.autoRecorded = true;
      effects.record();
    }
  }

  private void removed(Member member) {
    seats.removed(member.call());
    instances.forgetRole(member.call());
    if (member.moderator()) {
      moderatorIsOut();
    }
  }

  private void destroyed(String instance) {
    reconciler.destroyed();
    instances.end(instance).forEach(call -> departs(call, LeaveReason.ENDED));
    endsAt = null;
    if (instances.isEmpty()) {
      variables.clear();
      seats.resetLimits();
      seats.stopRinging();
      conditions.ended();
    }
  }

  // ---- comparing with the mixer

  /** Looks for differences for the first time; tells whether there are any. */
  boolean look(SnapshotReply reply) {
    return reconciler.look(reply);
  }

  /** Repairs the differences that both looks have found. */
  void lookAgain(SnapshotReply reply) {
    for (Difference difference : reconciler.lookAgain(reply)) {
      LOG.info("room {}: repaired {}: {}", id, difference.cause(), difference.key());
      repair(difference);
    }
  }

  private void repair(Difference difference) {
    RepairCause cause = difference.cause();
    apply(difference.event(), (event, at) -> new RoomEvent.Repaired(event, cause, at));
  }

  /** Takes over a room that is running already and of which nothing is known, as it is. */
  void adopt(SnapshotReply reply, JoinRequest.@Nullable Rules ofDocument) {
    rulesUnlessKnown(ofDocument);
    if (instances.isEmpty() && reply instanceof SnapshotReply.Shown(MixerSnapshot shown)) {
      shown.variables().forEach(variables::putIfAbsent);
      reconciler.adopt(shown).forEach(this::repair);
      instance().ifPresent(instance -> instance.autoRecorded = true);
    }
  }

  /** The mixer is gone and its rooms with it; it sends no events of that. */
  void mixerIsGone() {
    for (MixerEvent.InRoom event : reconciler.mixerIsGone()) {
      if (event instanceof MixerEvent.Removed removed) {
        departs(removed.member().call(), LeaveReason.ENDED);
      }
      apply(event, RoomEvent.Lost::new);
    }
  }

  // ---- what others wait for

  void expect(PendingCondition condition) {
    conditions.expect(condition);
  }

  void forget(PendingCondition condition) {
    conditions.forget(condition);
  }

  // ---- what others see

  /** Finds a member who is in. */
  public Optional<Member> member(CallId call) {
    return instances.member(call);
  }

  /** Shows the room as it is now. */
  public RoomSnapshot snapshot() {
    Optional<RoomInstance> instance = instance();
    return new RoomSnapshot(
        id,
        instance.map(it -> it.id),
        instance.map(it -> it.since).orElse(clock.instant()),
        instances.isLocked(),
        instance.map(it -> it.recording).orElse(false),
        instances.members(),
        seats.waiting(),
        seats.ringing(),
        seats.limit(),
        variables,
        version);
  }

  private Optional<RoomInstance> instance() {
    return instances.current();
  }

  /** Tells whether there is anything that can differ from what the mixer shows. */
  boolean isComparable() {
    return !instances.isEmpty() || seats.hasSeats() || isInDoubt();
  }

  /** Nobody is in or waits, and the mixer has no such room: there is nothing to remember. */
  boolean isOver() {
    return isEmpty() && !reconciler.isDoubtful();
  }

  /** Events may have been missed and others may still be in: the mixer must be asked first. */
  boolean isInDoubt() {
    return isEmpty() && reconciler.isDoubtful();
  }

  private boolean isEmpty() {
    return seats.isEmpty() && instances.isEmpty() && conditions.isEmpty();
  }
}
