package dev.callflow.conference.room;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.room.JoinDecision.Why;
import dev.callflow.core.call.CallId;
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
 * Everything that is known of one room and decided about it: seats, the waiting, bans, and what the
 * mixer tells. Has no threads of its own; the {@link Room} that owns it lends one.
 */
public final class RoomState {

  private static final Logger LOG = LoggerFactory.getLogger(RoomState.class);

  private final RoomId id;
  private final Consumer<RoomEvent> news;
  private final Actions actions;
  private final InstantSource clock;
  private final Map<CallId, Seat> seats = new LinkedHashMap<>();
  private final Map<CallId, JoinRequest> waiting = new LinkedHashMap<>();
  private final Map<CallId, JoinRequest> soon = new LinkedHashMap<>();

  /** Who is out already, as his own leg has told, and is not yet by what the mixer has told. */
  private final Set<CallId> gone = new HashSet<>();

  private final Set<String> banned = new HashSet<>();
  private final RoomInstances lives =
      new RoomInstances(call -> Optional.ofNullable(seats.get(call)));
  private final Map<String, String> variables = new HashMap<>();
  private final Conditions expected = new Conditions();
  private Set<Difference.Key> suspected = Set.of();
  private OptionalInt limit = OptionalInt.empty();
  private JoinRequest.@Nullable Rules rules;
  private @Nullable Instant endsAt;

  /** Somebody of ours was in, and the mixer has told neither of the room nor of its end since. */
  private boolean doubtful;

  private long version;

  /**
   * @param firstVersion above every version that the room has ever had
   */
  RoomState(
      RoomId id,
      Consumer<RoomEvent> news,
      Actions actions,
      InstantSource clock,
      long firstVersion) {
    this.id = id;
    this.news = news;
    this.actions = actions;
    this.clock = clock;
    this.version = firstVersion;
  }

  // ---- the door

  /** Decides about a caller: seated, waiting or refused, all in one step (design section 5). */
  JoinDecision knock(JoinRequest knock) {
    if (rules == null) {
      rules = knock.rules();
    }
    if (waiting.containsKey(knock.call())) {
      return new JoinDecision.Waiting();
    }
    if (seats.containsKey(knock.call())) {
      return new JoinDecision.Seated();
    }
    if (soon.containsKey(knock.call())) {
      return new JoinDecision.Soon();
    }
    if (banned.contains(knock.number())) {
      return new JoinDecision.Refused(Why.BANNED);
    }
    if (!knock.number().isEmpty()) {
      switch (knock.rules().onDuplicate()) {
        case ALLOW -> {}
        case REFUSE -> {
          if (hasCaller(knock.number())) {
            return new JoinDecision.Refused(Why.DUPLICATE);
          }
        }
        case REPLACE -> putOutOlder(knock.number());
      }
    }
    if (isLocked() && !knock.exempt()) {
      return new JoinDecision.Refused(Why.LOCKED);
    }
    boolean needsModerator = knock.rules().waitForModerator() || knock.rules().requireModerator();
    if (knock.moderator() || !needsModerator || hasModerator()) {
      return seat(knock);
    }
    if (knock.rules().waitForModerator()) {
      waiting.put(knock.call(), knock);
      version++;
      return new JoinDecision.Waiting();
    }
    return new JoinDecision.Refused(Why.NO_MODERATOR);
  }

  private JoinDecision seat(JoinRequest knock) {
    boolean counted = !knock.exempt() && !knock.ghost();
    if (counted && isFull(knock.rules())) {
      if (seats.values().stream().noneMatch(seat -> seat.counted && seat.departure != null)) {
        return new JoinDecision.Refused(Why.FULL);
      }
      // Who has been put out is in until the mixer has let him go.
      soon.put(knock.call(), knock);
      return new JoinDecision.Soon();
    }
    seats.put(knock.call(), new Seat(knock.call(), knock.number(), knock.moderator(), counted));
    actions.seats(1);
    return new JoinDecision.Seated();
  }

  /** An operator's limit stands above the document's. */
  private boolean isFull(JoinRequest.Rules of) {
    OptionalInt most =
        limit.isEmpty() ? of.seats() : limit.getAsInt() == 0 ? OptionalInt.empty() : limit;
    return most.isPresent() && taken() >= most.getAsInt();
  }

  /**
   * Takes a seat for somebody who comes because an operator wants him to: dialled, or from another
   * room. Nothing but the number of seats keeps him out.
   */
  JoinDecision invite(Invitation invitation) {
    if (rules == null) {
      rules = invitation.rules();
    }
    if (seats.containsKey(invitation.call())) {
      return new JoinDecision.Refused(Why.DUPLICATE);
    }
    boolean counted = !invitation.exempt() && !invitation.ghost();
    if (counted && isFull(invitation.rules())) {
      return new JoinDecision.Refused(Why.FULL);
    }
    seats.put(
        invitation.call(),
        new Seat(
            invitation.call(),
            invitation.number(),
            invitation.moderator(),
            counted,
            invitation.ghost(),
            invitation.dialled()));
    actions.seats(1);
    return new JoinDecision.Seated();
  }

  /** Somebody has gone: his seat is for whoever was told that it would be free. */
  private void seatNext() {
    for (JoinRequest knock : List.copyOf(soon.values())) {
      soon.remove(knock.call());
      JoinDecision reply = seat(knock);
      if (!(reply instanceof JoinDecision.Soon)
          && !knock.tell().test(reply)
          && seats.remove(knock.call()) != null) {
        actions.seats(-1);
      }
    }
  }

  /** Members who came without a seat of ours (dialled by somebody else) take one all the same. */
  private long taken() {
    long strangers =
        life().stream()
            .flatMap(life -> life.members.values().stream())
            .filter(member -> !member.ghost() && !seats.containsKey(member.call()))
            .filter(member -> !gone.contains(member.call()))
            .count();
    return strangers + seats.values().stream().filter(seat -> seat.counted).count();
  }

  private boolean hasCaller(String number) {
    return seats.values().stream()
            .anyMatch(seat -> seat.departure == null && seat.number.equals(number))
        || Stream.concat(waiting.values().stream(), soon.values().stream())
            .anyMatch(knock -> knock.number().equals(number));
  }

  private void putOutOlder(String number) {
    for (Seat seat : seats.values()) {
      if (seat.departure == null && seat.number.equals(number)) {
        seat.departure = LeaveReason.KICKED;
        actions.kick(seat.call);
      }
    }
    for (JoinRequest knock :
        Stream.concat(waiting.values().stream(), soon.values().stream()).toList()) {
      if (knock.number().equals(number)) {
        waiting.remove(knock.call());
        soon.remove(knock.call());
        if (!knock.tell().test(new JoinDecision.Refused(Why.KICKED))) {
          LOG.debug("room {}: {} has gone already", id, knock.call());
        }
      }
    }
  }

  /** The caller is in: others may have waited for him. */
  public void entered(CallId call) {
    Seat seat = seats.get(call);
    if (seat != null) {
      seat.entered = true;
      doubtful = true;
      if (seat.moderator) {
        moderatorIsIn();
      }
    }
  }

  /** The caller is out, or will not come: his seat and his place outside are free. */
  public Optional<LeaveReason> leave(CallId call) {
    if (waiting.remove(call) != null) {
      version++;
    }
    soon.remove(call);
    Seat seat = seats.remove(call);
    if (seat == null) {
      return Optional.empty();
    }
    actions.seats(-1);
    if (member(call).isPresent()) {
      gone.add(call);
    }
    seatNext();
    if (lives.isModerator(call, seat.moderator) && seat.entered) {
      moderatorIsOut();
    }
    return Optional.ofNullable(seat.departure);
  }

  public Optional<LeaveReason> departure(CallId call) {
    return Optional.ofNullable(seats.get(call)).map(seat -> seat.departure);
  }

  /** Remembers why somebody is about to leave; the first reason counts. */
  public void departs(CallId call, LeaveReason why) {
    Seat seat = seats.get(call);
    if (seat != null && seat.departure == null) {
      seat.departure = why;
    }
  }

  /** Whether a thread of ours has the member's leg, so that it can be led to another room. */
  public boolean moves(CallId call, Move move) {
    Seat seat = seats.get(call);
    if (seat == null || !seat.entered || seat.departure != null) {
      return false;
    }
    seat.departure = LeaveReason.MOVED;
    seat.next = move;
    note(new Notice.Moving(call, move.to()));
    return true;
  }

  /** The move did not come about: he stays. */
  public void stays(CallId call) {
    Seat seat = seats.get(call);
    if (seat != null && seat.departure == LeaveReason.MOVED) {
      seat.departure = null;
      seat.next = null;
    }
  }

  public Optional<Move> next(CallId call) {
    return Optional.ofNullable(seats.get(call)).map(seat -> seat.next);
  }

  public void ban(String number) {
    String compared = CallerNumber.spelling(number);
    if (!compared.isEmpty() && banned.add(compared)) {
      note(new Notice.BanSet(number, true));
    }
  }

  public void unban(String number) {
    if (banned.remove(CallerNumber.spelling(number))) {
      note(new Notice.BanSet(number, false));
    }
  }

  /** Sets how many seats there are; 0 for no limit. Whoever is in stays. */
  public void limit(int most) {
    if (limit.isEmpty() || limit.getAsInt() != most) {
      limit = OptionalInt.of(most);
      note(new Notice.LimitSet(most));
    }
  }

  /** Sets variables; an empty value unsets. */
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

  /** Makes a member a moderator, or not; FreeSWITCH cannot, so it is our own fact. */
  public boolean role(CallId call, boolean moderator) {
    Optional<Member> found = member(call);
    if (found.isEmpty()) {
      return false;
    }
    if (found.get().moderator() != moderator) {
      lives.role(call, moderator);
      note(new Notice.RoleSet(found.get().withModerator(moderator)));
      if (moderator) {
        moderatorIsIn();
      } else {
        moderatorIsOut();
      }
    }
    return true;
  }

  /** Tells something that the mixer does not know of. */
  public void note(Notice note) {
    version++;
    news.accept(
        new RoomEvent.Noted(id, note, life().map(life -> life.instance).orElse(""), version));
  }

  private void moderatorIsIn() {
    endsAt = null;
    for (JoinRequest knock : List.copyOf(waiting.values())) {
      waiting.remove(knock.call());
      JoinDecision reply = fromOutside(knock);
      if (!knock.tell().test(reply) && seats.remove(knock.call()) != null) {
        actions.seats(-1);
      }
    }
  }

  /** What may have changed while he waited is asked again. */
  private JoinDecision fromOutside(JoinRequest knock) {
    if (banned.contains(knock.number())) {
      return new JoinDecision.Refused(Why.BANNED);
    }
    return isLocked() && !knock.exempt() ? new JoinDecision.Refused(Why.LOCKED) : seat(knock);
  }

  private void moderatorIsOut() {
    if (rules != null && rules.requireModerator() && !hasModerator() && !isEmptyOfPeople()) {
      endsAt = clock.instant().plus(rules.grace());
    }
  }

  private boolean isEmptyOfPeople() {
    return seats.isEmpty() && life().map(life -> life.members.isEmpty()).orElse(true);
  }

  boolean hasModerator() {
    return seats.values().stream()
            .anyMatch(seat ->
                lives.isModerator(seat.call, seat.moderator)
                    && seat.entered
                    && seat.departure == null)
        || lives.members().stream()
            .anyMatch(member -> member.moderator() && departure(member.call()).isEmpty());
  }

  boolean isLocked() {
    return life().map(life -> life.locked).orElse(false);
  }

  // ---- the end

  /** When the room ends for want of a moderator; null if it does not. */
  @Nullable Instant endsAt() {
    return endsAt;
  }

  /** Puts everybody out because the room ends; who still waits or is being dialled stays away. */
  public void end() {
    endsAt = null;
    for (JoinRequest knock : List.copyOf(waiting.values())) {
      waiting.remove(knock.call());
      if (!knock.tell().test(new JoinDecision.Refused(Why.KICKED))) {
        LOG.debug("room {}: {} has gone already", id, knock.call());
      }
    }
    Set<CallId> all = new LinkedHashSet<>();
    seats.values().stream().filter(seat -> seat.entered).forEach(seat -> all.add(seat.call));
    life().ifPresent(life -> all.addAll(life.members.keySet()));
    for (CallId call : all) {
      if (departure(call).isEmpty()) {
        departs(call, LeaveReason.ENDED);
        actions.kick(call);
      }
    }
    stopRinging();
  }

  private void stopRinging() {
    for (Seat seat : seats.values()) {
      if (seat.dialled && !seat.entered && seat.departure == null) {
        seat.departure = LeaveReason.ENDED;
        actions.cancel(seat.call);
      }
    }
  }

  /** An operator does not want to wait any longer for somebody who is being dialled. */
  public boolean cancel(CallId call) {
    Seat seat = seats.get(call);
    if (seat == null || !seat.dialled || seat.entered || seat.departure != null) {
      return false;
    }
    seat.departure = LeaveReason.KICKED;
    actions.cancel(call);
    return true;
  }

  /** Nobody is in, nobody waits, and the mixer has no such room: there is nothing to remember. */
  boolean isOver() {
    return isEmpty() && !doubtful;
  }

  private boolean isEmpty() {
    return seats.isEmpty()
        && waiting.isEmpty()
        && soon.isEmpty()
        && lives.isEmpty()
        && expected.isEmpty();
  }

  /** The mixer's events are missed, and others may still be in: it must be asked before the end. */
  boolean isInDoubt() {
    return isEmpty() && doubtful;
  }

  // ---- the mixer

  /** Takes in what the mixer tells, and passes on what is new. */
  void take(MixerEvent.InRoom event) {
    if (event instanceof MixerEvent.Added && !lives.has(event.instance())) {
      // The room's own beginning is missed, or late.
      take(new MixerEvent.Created(id, event.instance()));
    }
    lives
        .fold(event, clock.instant())
        .ifPresent(told -> {
          version++;
          news.accept(new RoomEvent.Happened(told, version));
          follow(told);
        });
  }

  private void repair(Difference difference) {
    lives
        .fold(difference.event(), clock.instant())
        .ifPresent(told -> {
          version++;
          news.accept(new RoomEvent.Repaired(told, difference.cause(), version));
          follow(told);
        });
  }

  /** What we do because of something that is new. */
  private void follow(MixerEvent.InRoom event) {
    switch (event) {
      case MixerEvent.Added added -> added(added);
      case MixerEvent.Removed removed -> {
        CallId call = removed.member().call();
        gone.remove(call);
        lives.forgetRole(call);
        expected.sign(new Condition.Out(call), Condition.Sign.SEEN);
        if (removed.member().moderator()) {
          moderatorIsOut();
        }
      }
      case MixerEvent.Changed changed -> changed(changed);
      case MixerEvent.Destroyed destroyed -> destroyed(destroyed);
      case MixerEvent.Locked lock ->
          expected.sign(new Condition.Locked(lock.on()), Condition.Sign.SEEN);
      case MixerEvent.RecordingStarted started ->
          expected.sign(
              new Condition.Recording(true),
              started.failed() ? Condition.Sign.FAILED : Condition.Sign.SEEN);
      case MixerEvent.RecordingStopped stopped ->
          expected.sign(new Condition.Recording(false), Condition.Sign.SEEN);
      case MixerEvent.InRoom other -> {}
    }
  }

  private void changed(MixerEvent.Changed changed) {
    Member member = changed.member();
    CallId call = member.call();
    switch (changed.what()) {
      case MUTED, UNMUTED ->
          expected.sign(new Condition.Muted(call, member.muted()), Condition.Sign.SEEN);
      case DEAFENED, UNDEAFENED ->
          expected.sign(new Condition.Deaf(call, member.deaf()), Condition.Sign.SEEN);
      case ENERGY ->
          expected.sign(new Condition.Energy(call, member.energyLevel()), Condition.Sign.SEEN);
      case TALK_VOLUME ->
          expected.sign(new Condition.TalkVolume(call, member.talkVolume()), Condition.Sign.SEEN);
      case LISTEN_VOLUME ->
          expected.sign(
              new Condition.ListenVolume(call, member.listenVolume()), Condition.Sign.SEEN);
      case KICKED -> departs(call, LeaveReason.KICKED);
      case TALKING, SILENT, OTHER -> {}
    }
  }

  private void added(MixerEvent.Added event) {
    expected.sign(new Condition.In(event.member().call()), Condition.Sign.SEEN);
    RoomInstance life = lives.of(event.instance());
    if (event.member().moderator()) {
      moderatorIsIn();
    }
    OptionalInt from = rules == null ? OptionalInt.empty() : rules.recordFrom();
    if (from.isPresent()
        && life != null
        && !life.autoRecorded
        && life.hasAtLeast(from.getAsInt())) {
      life.autoRecorded = true;
      actions.record();
    }
  }

  private void destroyed(MixerEvent.Destroyed event) {
    doubtful = false;
    lives.end(event.instance()).forEach(call -> departs(call, LeaveReason.ENDED));
    endsAt = null;
    if (lives.isEmpty()) {
      banned.clear();
      variables.clear();
      limit = OptionalInt.empty();
      stopRinging();
      expected.sign(new Condition.Ended(), Condition.Sign.SEEN);
      // Whoever waited for something else of this life waits in vain, but for those to be out.
      for (Condition awaited : expected.all()) {
        if (isNow(awaited)) {
          expected.sign(awaited, Condition.Sign.SEEN);
        }
      }
    }
  }

  /** The mixer has no rooms any more, and nobody will tell so. */
  void mixerIsGone() {
    doubtful = false;
    for (RoomInstance life : lives.all()) {
      for (Member member : List.copyOf(life.members.values())) {
        departs(member.call(), LeaveReason.ENDED);
        lost(new MixerEvent.Removed(id, life.instance, member));
      }
      lost(new MixerEvent.Destroyed(id, life.instance));
    }
  }

  private void lost(MixerEvent.InRoom event) {
    lives
        .fold(event, clock.instant())
        .ifPresent(told -> {
          version++;
          news.accept(new RoomEvent.Lost(told, version));
          follow(told);
        });
  }

  // ---- comparing with what the mixer shows

  /**
   * Looks for differences for the first time. An event may be on its way that explains one, so only
   * a {@link #lookAgain second look} makes them good.
   *
   * @return whether there are any
   */
  boolean look(SnapshotReply reply) {
    if (reply instanceof SnapshotReply.NoSuchRoom && lives.isEmpty()) {
      doubtful = false;
    }
    suspected =
        differences(reply).stream().map(Difference::key).collect(Collectors.toUnmodifiableSet());
    return !suspected.isEmpty();
  }

  /** Makes good what has been missed: what both looks have found. */
  void lookAgain(SnapshotReply reply) {
    Set<Difference.Key> before = suspected;
    suspected = Set.of();
    for (Difference difference : differences(reply)) {
      if (before.contains(difference.key())) {
        LOG.info("room {}: repaired {}: {}", id, difference.cause(), difference.key());
        repair(difference);
      }
    }
  }

  /** Takes over a room that somebody has opened whom we know nothing of, as it is. */
  void adopt(SnapshotReply reply, JoinRequest.@Nullable Rules ofDocument) {
    if (rules == null) {
      rules = ofDocument;
    }
    if (lives.isEmpty() && reply instanceof SnapshotReply.Shown(MixerSnapshot shown)) {
      shown.variables().forEach(variables::putIfAbsent);
      lives.runsSince(shown.instance(), shown.since());
      repair(new Difference(RepairCause.MISSED_JOIN, new MixerEvent.Created(id, shown.instance())));
      differences(reply).forEach(difference -> repair(difference));
      life().ifPresent(life -> life.autoRecorded = true);
    }
  }

  private List<Difference> differences(SnapshotReply reply) {
    return switch (reply) {
      case SnapshotReply.Shown(MixerSnapshot shown) ->
          Difference.between(id, lives.all(), Optional.of(shown));
      case SnapshotReply.NoSuchRoom none -> Difference.between(id, lives.all(), Optional.empty());
      case SnapshotReply.NoAnswer(String why) -> {
        LOG.warn("room {} cannot be seen: {}", id, why);
        yield List.of();
      }
    };
  }

  // ---- what is waited for

  /** Tells somebody when the room is in a state; at once if it is. */
  void expect(PendingCondition expectation) {
    if (isNow(expectation.awaited())) {
      expectation.tell(Condition.Sign.SEEN);
    } else {
      expected.add(expectation);
    }
  }

  void forget(PendingCondition expectation) {
    expected.forget(expectation);
  }

  private boolean isNow(Condition awaited) {
    return switch (awaited) {
      case Condition.Muted(CallId call, boolean on) ->
          member(call).filter(member -> member.muted() == on).isPresent();
      case Condition.Deaf(CallId call, boolean on) ->
          member(call).filter(member -> member.deaf() == on).isPresent();
      case Condition.In(CallId call) -> member(call).isPresent();
      case Condition.Out(CallId call) -> member(call).isEmpty();
      case Condition.Energy(CallId call, int level) ->
          member(call).filter(member -> member.energyLevel() == level).isPresent();
      case Condition.TalkVolume(CallId call, int level) ->
          member(call).filter(member -> member.talkVolume() == level).isPresent();
      case Condition.ListenVolume(CallId call, int level) ->
          member(call).filter(member -> member.listenVolume() == level).isPresent();
      case Condition.Locked(boolean on) -> life().isPresent() && isLocked() == on;
      case Condition.Recording(boolean on) ->
          life().map(life -> life.recording == on).orElse(false);
      case Condition.Ended ended -> lives.isEmpty();
    };
  }

  // ---- what others may see

  Optional<RoomInstance> life() {
    return lives.current();
  }

  public Optional<Member> member(CallId call) {
    return lives.member(call);
  }

  boolean hasSeats() {
    return !seats.isEmpty();
  }

  public RoomSnapshot sight() {
    Optional<RoomInstance> life = life();
    return new RoomSnapshot(
        id,
        life.map(of -> of.instance),
        life.map(of -> of.since).orElse(clock.instant()),
        life.map(of -> of.locked).orElse(false),
        life.map(of -> of.recording).orElse(false),
        lives.members(),
        waiting.size(),
        seats.values().stream()
            .filter(seat -> seat.dialled && !seat.entered)
            .map(seat -> seat.call)
            .collect(Collectors.toUnmodifiableSet()),
        limit,
        variables,
        version);
  }

  /** What the room has others do to the mixer; none of it blocks. */
  interface Actions {
    void kick(CallId call);

    void record();

    void cancel(CallId call);

    void seats(int change);
  }
}
