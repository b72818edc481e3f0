package dev.callflow.conference.room;

import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.kept.KeptSettings;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.kept.OperatorSettings;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one room. It combines the {@link Seats}, the {@link RoomInstances} in the mixer, the
 * pending {@link Conditions}, and the {@link Reconciler}, which finds missed events. It also
 * assigns versions to events and publishes them.
 *
 * <p>The {@link Room} runs one method at a time. Never blocks.
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
  private final OperatorSettings settings;
  private final Seats seats;
  private final Reconciler reconciler;
  private JoinRequest.@Nullable Rules rules;

  /** The time at which the room will end because no moderator is left; null if it will not. */
  private @Nullable Instant endsAt;

  /** The time since which the mixer cannot be reached; null if it can. */
  private @Nullable Instant unknownSince;

  /** The time at which the room is given up unless the mixer can be reached again; null if not. */
  private @Nullable Instant givenUpAt;

  /**
   * Whether the settings and roles are known, because this process saw the room begin or has
   * adopted it.
   */
  private boolean ownsSettings;

  /** The number of times that the mixer's room is about to be given the settings. */
  private int carrying;

  private long version;

  /**
   * @param maxBans the maximum number of banned numbers
   * @param firstVersion a number higher than every earlier version of the room
   */
  RoomState(
      RoomId id,
      Consumer<RoomEvent> listener,
      RoomEffects effects,
      int maxBans,
      InstantSource clock,
      long firstVersion) {
    this.id = id;
    this.listener = listener;
    this.effects = effects;
    this.clock = clock;
    this.version = firstVersion;
    this.settings = new OperatorSettings(maxBans, firstVersion);
    this.seats =
        new Seats(instances, settings, effects, new WaitingNotices(), conditions::departing, clock);
    this.reconciler = new Reconciler(id, instances);
  }

  private Member describe(Member member) {
    return seats.describe(member);
  }

  /** Publishes who begins and stops waiting for a moderator. */
  private final class WaitingNotices implements Seats.WaitingListener {
    @Override
    public void began(WaitingCaller caller) {
      note(new Notice.WaitingBegan(caller));
    }

    @Override
    public void ended(WaitingCaller caller, WaitingEnd reason) {
      note(new Notice.WaitingEnded(caller, reason));
    }
  }

  // ---- callers

  /**
   * Called when a caller has reached the conference and is on their way into the room. The room
   * does not close, and keeps the operators' settings, until they have entered or {@link #goAway}
   * is called.
   */
  void arrive(CallId call, IncomingCall incoming) {
    seats.arrive(call, incoming);
  }

  /** Called when a caller has gone, or is no longer on their way into the room. */
  public void goAway(CallId call) {
    seats.goAway(call);
    endIfDeserted();
  }

  /** Called when a caller comes back who may have waited when an earlier process ended. */
  public void waitedBefore(CallId call) {
    seats.waitedBefore(call);
  }

  /**
   * Called for a caller outside whom an earlier process knew and whose call will come back, and for
   * a member whose call still has settings. {@link #stopExpecting} must follow.
   */
  void willReturn(CallId call, KeptSettings kept, Instant until) {
    if (instances.member(call).isEmpty()) {
      seats.willReturn(call, until);
    }
    if (kept.revision() > settings.revision()) {
      settings.restore(kept);
      seats.turnAwayBanned();
      instance().ifPresent(instance -> carry(instance.id));
    }
  }

  /**
   * Called when the connection to a caller is lost, before they {@link #leave}. If they are
   * outside, the conference continues until their call is delivered again, or until {@link
   * #stopExpecting}, which must follow.
   *
   * @return whether they are outside
   */
  boolean connectionLost(CallId call, Instant until) {
    boolean isOutside = instances.member(call).isEmpty();
    if (isOutside) {
      seats.connectionLost(call, until);
    }
    return isOutside;
  }

  /** Stops expecting the callers who have not come back in time. */
  void stopExpecting() {
    seats.stopExpecting(clock.instant());
    endIfDeserted();
  }

  /** Decides atomically whether a caller is seated, waits or is refused. */
  JoinDecision join(JoinRequest request) {
    setRulesIfMissing(request.rules());
    return seats.join(request);
  }

  /** Takes a seat for a participant whom an operator adds. */
  JoinDecision invite(Invitation invitation) {
    setRulesIfMissing(invitation.rules());
    return seats.invite(invitation);
  }

  /** Gives a seat to a member of a room that was already running, if they have none. */
  public void seatAgain(Invitation invitation) {
    setRulesIfMissing(invitation.rules());
    seats.seatAgain(invitation);
  }

  private void setRulesIfMissing(JoinRequest.@Nullable Rules found) {
    if (rules == null) {
      rules = found;
    }
  }

  /** Called when a caller has entered; if they are a moderator, waiting callers are admitted. */
  public void entered(CallId call) {
    seats
        .entered(call)
        .ifPresent(seat -> {
          reconciler.callerEntered();
          if (seat.moderator) {
            moderatorEntered();
          }
        });
  }

  /**
   * Called when a caller has left or will not enter; releases their seat or their place among the
   * waiting callers.
   */
  public Optional<LeaveReason> leave(CallId call) {
    Optional<Seat> seat = seats.leave(call);
    if (seat.filter(this::wasModeratorInside).isPresent()) {
      moderatorLeft();
    }
    endIfDeserted();
    Optional<LeaveReason> reason = seat.flatMap(Seat::departure);
    reason.ifPresent(it -> instances.leaves(call, it));
    return reason;
  }

  private boolean wasModeratorInside(Seat seat) {
    return seat.hasEntered() && instances.isModerator(seat.call, seat.moderator);
  }

  /** Returns why a caller is leaving, if the reason is known. */
  public Optional<LeaveReason> departure(CallId call) {
    return seats.departure(call);
  }

  /** Records why a caller is leaving; only the first reason counts. */
  public void departs(CallId call, LeaveReason reason) {
    seats.departs(call, reason);
  }

  /**
   * Records that a member is being moved to another room; returns false if no thread of this
   * process controls the member's call.
   */
  public boolean moves(CallId call, Move move) {
    boolean moves = seats.moves(call, move);
    if (moves) {
      note(new Notice.Moving(call, move.to()));
    }
    return moves;
  }

  /** Runs a task that concerns another room, after this room has been given up. */
  public void outside(Runnable task) {
    effects.outside(task);
  }

  /** Called when a move has failed and the member stays. */
  public void stays(CallId call) {
    seats.stays(call);
  }

  /** Returns the destination of a member who is being moved. */
  public Optional<Move> next(CallId call) {
    return seats.next(call);
  }

  /** Stops dialling a leg; returns false if the leg is not being dialled. */
  public boolean cancel(CallId call) {
    return seats.cancel(call);
  }

  // ---- operators

  /**
   * Bans a caller number until the conference ends, and turns away the callers with that number who
   * wait outside.
   */
  public OperatorSettings.BanResult ban(String number) {
    OperatorSettings.BanResult result = settings.ban(number);
    if (result == OperatorSettings.BanResult.ADDED) {
      note(new Notice.BanSet(number, true));
      seats.turnAwayBanned();
    }
    return result;
  }

  /** Returns whether a caller with a seat has been banned before they have entered. */
  public boolean isBanned(CallId call) {
    return seats.isBannedBeforeEntering(call);
  }

  /** Lifts a ban. */
  public void unban(String number) {
    if (settings.unban(number)) {
      note(new Notice.BanSet(number, false));
    }
  }

  /** Sets the maximum number of participants; 0 for no limit. No participant is removed. */
  public void limit(int max) {
    if (settings.setLimit(max)) {
      note(new Notice.LimitSet(max));
    }
  }

  /** Sets variables; an empty value removes a variable. */
  public void variables(Map<String, String> changed) {
    settings.set(changed);
    note(new Notice.VariablesSet());
  }

  /** Stores results of actions, by the digests of their keys; an empty result removes one. */
  public void results(Map<String, String> changed) {
    settings.setResults(changed);
  }

  /** Returns the current settings as text; empty if no operator has set anything. */
  public Optional<String> settings() {
    return settings.revision() == 0 ? Optional.empty() : Optional.of(settings.kept().text());
  }

  /** Returns the current settings and where they must be stored. */
  public CallerCopies.Due settingsDue() {
    boolean carries = carrying > 0;
    return new CallerCopies.Due(
        settings.revision(),
        settings.kept().text(),
        !instances.isEmpty() && !carries,
        seats.outside(carries));
  }

  /**
   * Applies a setting if the mixer does not have the room; it is given to the mixer's room when
   * that is created. Returns false, and does nothing, if the mixer has the room and must be changed
   * first.
   */
  public boolean changeOutside(Consumer<RoomState> setting) {
    if (!instances.isEmpty()) {
      return false;
    }
    setting.accept(this);
    return true;
  }

  /** Locks or unlocks the conference while the mixer does not have its room. */
  public void lockOutside(boolean on) {
    if (settings.lock(on)) {
      note(new Notice.LockSet(on));
    }
  }

  /**
   * Lets a waiting caller in, although no moderator is in the room.
   *
   * @return the decision; empty if they are not waiting
   */
  public Optional<JoinDecision> admit(CallId call) {
    return seats.admit(call);
  }

  /** Turns away a caller who waits for a moderator; returns false if they are not waiting. */
  public boolean kickWaiting(CallId call) {
    return seats.kickWaiting(call);
  }

  /** Called when a caller has waited for a moderator as long as their conference allows. */
  public void waitTimedOut(CallId call) {
    seats.waitTimedOut(call);
  }

  /**
   * Makes a member a moderator or a regular participant. FreeSWITCH cannot change the role, so it
   * is stored here. Returns false if the member is not in the room.
   */
  public boolean role(CallId call, boolean moderator) {
    Optional<Member> found = member(call);
    if (found.isEmpty()) {
      return false;
    }
    if (found.get().moderator() != moderator) {
      instances.role(call, moderator);
      note(new Notice.RoleSet(found.get().with(Member.Flag.MODERATOR, moderator)));
      if (moderator) {
        moderatorEntered();
      } else {
        moderatorLeft();
      }
    }
    return true;
  }

  /** Ends the room: kicks all members, turns away waiting callers and stops dialling. */
  public void end() {
    endsAt = null;
    seats.end();
  }

  /** Publishes an event that does not come from the mixer. */
  public void note(Notice notice) {
    version++;
    listener.accept(
        new RoomEvent.Noted(id, notice, instance().map(it -> it.id).orElse(""), version));
  }

  // ---- moderators

  private void moderatorEntered() {
    endsAt = null;
    seats.admitWaiting();
  }

  private void moderatorLeft() {
    if (rules != null && rules.requireModerator() && !seats.hasModerator() && !isDeserted()) {
      endsAt = clock.instant().plus(rules.grace());
    }
  }

  private boolean isDeserted() {
    return !seats.hasSeats() && instance().map(it -> it.members.isEmpty()).orElse(true);
  }

  /**
   * Returns the time at which the room will end because no moderator is left; null if it will not.
   */
  @Nullable Instant endsAt() {
    return endsAt;
  }

  // ---- the mixer

  /** Applies a mixer event and publishes it if it changes anything. */
  void onEvent(MixerEvent.InRoom event) {
    if (event instanceof MixerEvent.Added && !instances.has(event.instance())) {
      // The event that reports the creation of the room was missed or is late.
      onEvent(new MixerEvent.Created(id, event.instance()));
    }
    boolean isNew = event instanceof MixerEvent.Created && !instances.has(event.instance());
    apply(event, (known, at) -> new RoomEvent.Happened(known, departure(known), at));
    if (isNew) {
      carry(event.instance());
    }
  }

  private Optional<LeaveReason> departure(MixerEvent.InRoom event) {
    return event instanceof MixerEvent.Removed removed
        ? instances.reason(removed.member().call()).or(() -> departure(removed.member().call()))
        : Optional.empty();
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
      case MixerEvent.Locked lock -> settings.lock(instances.isLocked());
      case MixerEvent.PlayStarted play -> {}
      case MixerEvent.PlayEnded play -> {}
      case MixerEvent.RecordingStarted started -> {}
      case MixerEvent.RecordingStopped stopped -> {}
    }
  }

  private void added(MixerEvent.Added event) {
    seats.added(event.member());
    if (event.member().moderator()) {
      moderatorEntered();
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
    instances.forget(member.call());
    if (member.moderator()) {
      moderatorLeft();
    }
  }

  private void destroyed(String instance) {
    reconciler.destroyed();
    for (CallId call : instances.end(instance)) {
      departs(call, LeaveReason.ENDED);
      seats.removed(call);
    }
    endsAt = null;
    if (instances.isEmpty()) {
      seats.stopRinging();
      endIfDeserted();
      conditions.ended();
    } else {
      settings.lock(instances.isLocked());
    }
  }

  /**
   * Clears the operators' settings when the conference has ended: the mixer does not have the room,
   * and no caller is waiting or on their way into it.
   */
  private void endIfDeserted() {
    if (instances.isEmpty() && seats.isDeserted()) {
      settings.clear();
    }
  }

  // ---- comparisons with the mixer's snapshots

  /** Runs the first of two comparisons; returns whether there are differences. */
  boolean compare(SnapshotReply reply) {
    return reconciler.compare(reply);
  }

  /** Runs the second comparison and repairs the differences that both have found. */
  void compareAgain(SnapshotReply reply) {
    for (Difference difference : reconciler.compareAgain(reply)) {
      LOG.info(
          "room {}: repairing a difference ({}): {}", id, difference.cause(), difference.key());
      repair(difference);
    }
  }

  private void repair(Difference difference) {
    if (carrying > 0 && difference.event() instanceof MixerEvent.Locked) {
      // The mixer is about to be given the lock.
      return;
    }
    RepairCause cause = difference.cause();
    apply(difference.event(), (event, at) -> new RoomEvent.Repaired(event, cause, at));
  }

  /** Adopts the state of a room that was running before this process knew about it. */
  void adopt(SnapshotReply reply, JoinRequest.@Nullable Rules ofDocument) {
    setRulesIfMissing(ofDocument);
    if (reply instanceof SnapshotReply.Shown(MixerSnapshot snapshot)) {
      snapshot.members().forEach(member -> seats.willNotReturn(member.call()));
      KeptVariables kept = KeptVariables.of(snapshot.variables());
      boolean isBehind = kept.revision() < settings.revision();
      restore(kept, snapshot.locked());
      if (instances.isEmpty()) {
        List<Difference> differences = reconciler.adopt(snapshot);
        // An earlier process has already started the recording, if one is configured.
        instance().ifPresent(instance -> instance.autoRecorded = true);
        effects.adopted();
        differences.forEach(this::repair);
        moderatorLeft();
        if (isBehind) {
          // The earlier process ended before it had given all settings to the mixer's room.
          carry(snapshot.instance());
        }
      }
    }
  }

  /**
   * Restores the settings that an earlier process stored with the mixer's room, unless they are
   * known already or older than those that are; and the roles, unless they are known.
   */
  private void restore(KeptVariables kept, boolean locked) {
    boolean isNewer = kept.revision() > settings.revision();
    if (isNewer || !ownsSettings && kept.revision() == settings.revision()) {
      settings.restore(kept.settings(locked));
    }
    if (!ownsSettings) {
      ownsSettings = true;
      kept.roles().forEach(instances::role);
    }
  }

  /** Gives the mixer's room the settings that operators made while the mixer did not have it. */
  private void carry(String name) {
    ownsSettings = true;
    if (settings.revision() == 0) {
      return;
    }
    RoomInstance instance = instances.find(name);
    if (instance != null && settings.isLocked()) {
      // The command is on its way. If it fails, the comparison with the mixer shows this.
      instance.locked = true;
    }
    carrying++;
    effects.carry(settings::commands);
  }

  /** Called when the mixer's room has been given the settings. */
  void carried() {
    carrying--;
  }

  /**
   * Called when the mixer and its rooms are gone. Publishes the events that the mixer could no
   * longer send.
   */
  void mixerIsGone() {
    seats.nobodyReturns();
    endAll(MixerLoss.MIXER_RESTARTED);
  }

  private void endAll(MixerLoss loss) {
    unknownSince = null;
    givenUpAt = null;
    for (MixerEvent.InRoom event : reconciler.mixerIsGone()) {
      if (event instanceof MixerEvent.Removed removed) {
        departs(removed.member().call(), LeaveReason.ENDED);
      }
      apply(event, (lost, at) -> new RoomEvent.Lost(lost, loss, at));
    }
  }

  /** Called when the mixer can no longer be reached, so that the state of the room is unknown. */
  void unreachable(Instant until) {
    if (unknownSince == null && !instances.isEmpty()) {
      unknownSince = clock.instant();
      givenUpAt = until;
      note(new Notice.StateKnown(unknownSince, false));
    }
  }

  /** Called when the mixer can be reached again. */
  void reachable() {
    if (unknownSince != null) {
      note(new Notice.StateKnown(unknownSince, true));
      unknownSince = null;
      givenUpAt = null;
    }
  }

  /** Returns the time at which to {@linkplain #giveUp give up} the room; null if there is none. */
  @Nullable Instant givenUpAt() {
    return givenUpAt;
  }

  /**
   * Ends the room because the mixer cannot be reached. If the mixer has the room after all, it can
   * be adopted later.
   */
  void giveUp() {
    endAll(MixerLoss.MIXER_LOST);
    seats.releaseEntered();
    instances.forgetEnded();
  }

  // ---- pending conditions

  void expect(PendingCondition condition) {
    conditions.expect(condition);
  }

  void forget(PendingCondition condition) {
    conditions.forget(condition);
  }

  // ---- queries

  /** Returns a member who is in the room. */
  public Optional<Member> member(CallId call) {
    return instances.member(call);
  }

  /**
   * Returns the members whose role an operator has changed, so that the mixer has another one; true
   * for moderators.
   */
  public Map<CallId, Boolean> changedRoles() {
    return instances.changedRoles();
  }

  /** Returns the version after the last decision. */
  public long version() {
    return version;
  }

  /** Returns a member by their call id or member id. */
  public Optional<Member> find(String id) {
    return id.isEmpty()
        ? Optional.empty()
        : member(new CallId(id)).or(() -> instances.numbered(id));
  }

  /** Returns a caller who waits for a moderator. */
  public Optional<WaitingCaller> waiting(String call) {
    return call.isEmpty() ? Optional.empty() : seats.waiting(new CallId(call));
  }

  /** Returns the current state; the cost grows with the number of members. */
  public RoomSnapshot snapshot() {
    return snapshot(instances.members(), seats.waiting(), seats.ringing());
  }

  /** Returns the current state without members, waiting callers and legs that are being dialled. */
  public RoomSnapshot summary() {
    return snapshot(List.of(), List.of(), Set.of());
  }

  private RoomSnapshot snapshot(
      List<Member> members, List<WaitingCaller> waiting, Set<CallId> ringing) {
    Optional<RoomInstance> instance = instance();
    return new RoomSnapshot(
        id,
        instance.map(it -> it.id),
        instance.map(it -> it.since).orElse(clock.instant()),
        settings.isLocked(),
        instance.map(it -> it.recording).orElse(false),
        members,
        waiting,
        ringing,
        settings.limit(),
        settings.variables(),
        Optional.ofNullable(unknownSince),
        version);
  }

  private Optional<RoomInstance> instance() {
    return instances.current();
  }

  /** Returns whether the room has any state that can differ from the mixer's. */
  boolean isComparable() {
    return !instances.isEmpty() || seats.hasSeats() || isInDoubt();
  }

  /**
   * Returns whether the room can be forgotten: nobody is in it or waiting for it, and the mixer
   * does not have it.
   */
  boolean isOver() {
    return isEmpty() && !reconciler.isDoubtful();
  }

  /**
   * Returns whether the mixer must be queried before the room can be forgotten: the room seems
   * empty, but events may have been missed.
   */
  boolean isInDoubt() {
    return isEmpty() && reconciler.isDoubtful();
  }

  private boolean isEmpty() {
    return seats.isEmpty() && instances.isEmpty() && conditions.isEmpty();
  }
}
