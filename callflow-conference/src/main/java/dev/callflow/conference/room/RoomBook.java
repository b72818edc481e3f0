package dev.callflow.conference.room;

import dev.callflow.conference.room.DoorReply.Why;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is known of one room and decided about it: seats, the waiting, bans, and what the
 * mixer tells. Has no threads and no time of its own; the {@link Room} that owns it lends both.
 */
final class RoomBook {

  private static final Logger LOG = LoggerFactory.getLogger(RoomBook.class);

  private final RoomId id;
  private final Consumer<RoomNews> news;
  private final Actions actions;
  private final Map<CallId, Seat> seats = new LinkedHashMap<>();
  private final Map<CallId, Knock> waiting = new LinkedHashMap<>();
  private final Map<CallId, Knock> soon = new LinkedHashMap<>();
  private final Set<String> banned = new HashSet<>();
  private final Map<String, RoomLife> lives = new LinkedHashMap<>();
  private Knock.@Nullable Rules rules;
  private @Nullable Instant endsAt;
  private long version;

  RoomBook(RoomId id, Consumer<RoomNews> news, Actions actions) {
    this.id = id;
    this.news = news;
    this.actions = actions;
  }

  // ---- the door

  /** Decides about a caller: seated, waiting or refused, all in one step (design section 5). */
  DoorReply knock(Knock knock) {
    if (rules == null) {
      rules = knock.rules();
    }
    if (waiting.containsKey(knock.call())) {
      return new DoorReply.Waiting();
    }
    if (seats.containsKey(knock.call())) {
      return new DoorReply.Seated();
    }
    if (soon.containsKey(knock.call())) {
      return new DoorReply.Soon();
    }
    if (banned.contains(knock.number())) {
      return new DoorReply.Refused(Why.BANNED);
    }
    if (!knock.number().isEmpty()) {
      switch (knock.rules().onDuplicate()) {
        case ALLOW -> {}
        case REFUSE -> {
          if (hasCaller(knock.number())) {
            return new DoorReply.Refused(Why.DUPLICATE);
          }
        }
        case REPLACE -> putOutOlder(knock.number());
      }
    }
    if (isLocked() && !knock.exempt()) {
      return new DoorReply.Refused(Why.LOCKED);
    }
    if (!knock.moderator() && !hasModerator()) {
      if (knock.rules().waitForModerator()) {
        waiting.put(knock.call(), knock);
        version++;
        return new DoorReply.Waiting();
      }
      if (knock.rules().requireModerator()) {
        return new DoorReply.Refused(Why.NO_MODERATOR);
      }
    }
    return seat(knock);
  }

  private DoorReply seat(Knock knock) {
    OptionalInt most = knock.rules().seats();
    boolean counted = !knock.exempt() && !knock.ghost();
    if (counted && most.isPresent() && taken() >= most.getAsInt()) {
      if (seats.values().stream().noneMatch(seat -> seat.counted && seat.departure != null)) {
        return new DoorReply.Refused(Why.FULL);
      }
      // Who has been put out is in until the mixer has let him go.
      soon.put(knock.call(), knock);
      return new DoorReply.Soon();
    }
    seats.put(knock.call(), new Seat(knock.call(), knock.number(), knock.moderator(), counted));
    return new DoorReply.Seated();
  }

  /** Somebody has gone: his seat is for whoever was told that it would be free. */
  private void seatNext() {
    for (Knock knock : List.copyOf(soon.values())) {
      soon.remove(knock.call());
      DoorReply reply = seat(knock);
      if (!(reply instanceof DoorReply.Soon) && !knock.tell().test(reply)) {
        seats.remove(knock.call());
      }
    }
  }

  /** Members who came without a seat of ours (dialled by somebody else) take one all the same. */
  private long taken() {
    long strangers =
        life().stream()
            .flatMap(life -> life.members.values().stream())
            .filter(member -> !member.ghost() && !seats.containsKey(member.call()))
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
        seat.departure = Departure.KICKED;
        actions.kick(seat.call);
      }
    }
    for (Knock knock : Stream.concat(waiting.values().stream(), soon.values().stream()).toList()) {
      if (knock.number().equals(number)) {
        waiting.remove(knock.call());
        soon.remove(knock.call());
        if (!knock.tell().test(new DoorReply.Refused(Why.KICKED))) {
          LOG.debug("room {}: {} has gone already", id, knock.call());
        }
      }
    }
  }

  /** The caller is in: others may have waited for him. */
  void entered(CallId call, Instant now) {
    Seat seat = seats.get(call);
    if (seat != null) {
      seat.entered = true;
      if (seat.moderator) {
        moderatorIsIn(now);
      }
    }
  }

  /** The caller is out, or will not come: his seat and his place outside are free. */
  Optional<Departure> leave(CallId call, Instant now) {
    if (waiting.remove(call) != null) {
      version++;
    }
    soon.remove(call);
    Seat seat = seats.remove(call);
    if (seat == null) {
      return Optional.empty();
    }
    seatNext();
    if (seat.moderator && seat.entered) {
      moderatorIsOut(now);
    }
    return Optional.ofNullable(seat.departure);
  }

  Optional<Departure> departure(CallId call) {
    return Optional.ofNullable(seats.get(call)).map(seat -> seat.departure);
  }

  /** Remembers why somebody is about to leave; the first reason counts. */
  void departs(CallId call, Departure why) {
    Seat seat = seats.get(call);
    if (seat != null && seat.departure == null) {
      seat.departure = why;
    }
  }

  void ban(String number) {
    if (!number.isEmpty()) {
      banned.add(number);
    }
  }

  void unban(String number) {
    banned.remove(number);
  }

  private void moderatorIsIn(Instant now) {
    endsAt = null;
    for (Knock knock : List.copyOf(waiting.values())) {
      waiting.remove(knock.call());
      DoorReply reply = fromOutside(knock);
      if (!knock.tell().test(reply)) {
        seats.remove(knock.call());
      }
    }
  }

  /** What may have changed while he waited is asked again. */
  private DoorReply fromOutside(Knock knock) {
    if (banned.contains(knock.number())) {
      return new DoorReply.Refused(Why.BANNED);
    }
    return isLocked() && !knock.exempt() ? new DoorReply.Refused(Why.LOCKED) : seat(knock);
  }

  private void moderatorIsOut(Instant now) {
    if (rules != null && rules.requireModerator() && !hasModerator() && !isEmptyOfPeople()) {
      endsAt = now.plus(rules.grace());
    }
  }

  private boolean isEmptyOfPeople() {
    return seats.isEmpty() && life().map(life -> life.members.isEmpty()).orElse(true);
  }

  boolean hasModerator() {
    return seats.values().stream()
            .anyMatch(seat -> seat.moderator && seat.entered && seat.departure == null)
        || life().stream()
            .flatMap(life -> life.members.values().stream())
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

  /** Puts everybody out because the room ends. */
  void end() {
    endsAt = null;
    Set<CallId> all = new HashSet<>(seats.keySet());
    life().ifPresent(life -> all.addAll(life.members.keySet()));
    for (CallId call : all) {
      departs(call, Departure.ENDED);
      actions.kick(call);
    }
  }

  /** Nobody is in, nobody waits, and the mixer has no such room: there is nothing to remember. */
  boolean isOver() {
    return seats.isEmpty() && waiting.isEmpty() && soon.isEmpty() && lives.isEmpty();
  }

  // ---- the mixer

  /** Takes in what the mixer tells, and passes on what is new. */
  void take(MixerEvent.InRoom event, Instant now) {
    take(event, null, now);
  }

  private void take(MixerEvent.InRoom event, RoomNews.@Nullable Cause repaired, Instant now) {
    RoomLife life =
        event instanceof MixerEvent.Created || event instanceof MixerEvent.Added
            ? lives.computeIfAbsent(event.instance(), instance -> new RoomLife(instance, now))
            : lives.get(event.instance());
    if (life == null || !life.take(event)) {
      return;
    }
    version++;
    news.accept(
        repaired == null
            ? new RoomNews.Happened(event, version)
            : new RoomNews.Repaired(event, repaired, version));
    switch (event) {
      case MixerEvent.Added added -> added(added.member(), life, now);
      case MixerEvent.Removed removed when removed.member().moderator() -> moderatorIsOut(now);
      case MixerEvent.Changed changed when changed.what() == MixerEvent.Change.KICKED ->
          departs(changed.member().call(), Departure.KICKED);
      case MixerEvent.Destroyed destroyed -> destroyed(destroyed);
      case MixerEvent.InRoom other -> {}
    }
  }

  private void added(Member member, RoomLife life, Instant now) {
    if (member.moderator()) {
      moderatorIsIn(now);
    }
    OptionalInt from = rules == null ? OptionalInt.empty() : rules.recordFrom();
    if (from.isPresent() && !life.autoRecorded && life.hasAtLeast(from.getAsInt())) {
      life.autoRecorded = true;
      actions.record();
    }
  }

  private void destroyed(MixerEvent.Destroyed event) {
    RoomLife life = lives.remove(event.instance());
    if (life != null) {
      life.members.keySet().forEach(call -> departs(call, Departure.ENDED));
    }
    endsAt = null;
    if (lives.isEmpty()) {
      banned.clear();
    }
  }

  /** The mixer has no rooms any more, and nobody will tell so. */
  void mixerIsGone(Instant now) {
    for (RoomLife life : List.copyOf(lives.values())) {
      for (Member member : List.copyOf(life.members.values())) {
        departs(member.call(), Departure.ENDED);
        take(new MixerEvent.Removed(id, life.instance, member), RoomNews.Cause.GHOST, now);
      }
      take(new MixerEvent.Destroyed(id, life.instance), RoomNews.Cause.GHOST, now);
    }
  }

  /** Makes good what events have missed, by what the mixer shows when asked. */
  void compare(SnapshotReply reply, Instant now) {
    switch (reply) {
      case SnapshotReply.Shown(MixerSnapshot shown) -> compareAll(Optional.of(shown), now);
      case SnapshotReply.NoSuchRoom none -> compareAll(Optional.empty(), now);
      case SnapshotReply.NoAnswer(String why) -> LOG.warn("room {} cannot be seen: {}", id, why);
    }
  }

  private void compareAll(Optional<MixerSnapshot> shown, Instant now) {
    for (RoomLife life : List.copyOf(lives.values())) {
      if (shown.isEmpty() || !shown.get().instance().equals(life.instance)) {
        for (Member member : List.copyOf(life.members.values())) {
          take(new MixerEvent.Removed(id, life.instance, member), RoomNews.Cause.GHOST, now);
        }
        take(new MixerEvent.Destroyed(id, life.instance), RoomNews.Cause.GHOST, now);
      }
    }
    shown.ifPresent(snapshot -> compare(snapshot, now));
  }

  private void compare(MixerSnapshot shown, Instant now) {
    String instance = shown.instance();
    Map<CallId, Member> there = new LinkedHashMap<>();
    shown.members().forEach(member -> there.put(member.call(), member));
    RoomLife life = lives.computeIfAbsent(instance, name -> new RoomLife(name, now));
    for (Member member : List.copyOf(life.members.values())) {
      if (!there.containsKey(member.call())) {
        take(new MixerEvent.Removed(id, instance, member), RoomNews.Cause.GHOST, now);
      }
    }
    for (Member member : there.values()) {
      Member before = life.members.get(member.call());
      if (before == null) {
        take(new MixerEvent.Added(id, instance, member), RoomNews.Cause.MISSED_JOIN, now);
      } else {
        repairFlags(instance, before, member, now);
      }
    }
    if (life.locked != shown.locked()) {
      take(new MixerEvent.Locked(id, instance, shown.locked()), RoomNews.Cause.MISSED_FLAG, now);
    }
  }

  private void repairFlags(String instance, Member before, Member member, Instant now) {
    List<MixerEvent.Change> changes = new ArrayList<>();
    if (before.muted() != member.muted()) {
      changes.add(member.muted() ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED);
    }
    if (before.deaf() != member.deaf()) {
      changes.add(member.deaf() ? MixerEvent.Change.DEAFENED : MixerEvent.Change.UNDEAFENED);
    }
    for (MixerEvent.Change change : changes) {
      take(new MixerEvent.Changed(id, instance, change, member), RoomNews.Cause.MISSED_FLAG, now);
    }
  }

  // ---- what others may see

  Optional<RoomLife> life() {
    RoomLife last = null;
    for (RoomLife life : lives.values()) {
      last = life;
    }
    return Optional.ofNullable(last);
  }

  Optional<Member> member(CallId call) {
    return life().map(life -> life.members.get(call));
  }

  RoomSight sight(Instant now) {
    return life()
        .map(life ->
            new RoomSight(
                id,
                Optional.of(life.instance),
                life.since,
                life.locked,
                life.recording,
                List.copyOf(life.members.values()),
                waiting.size(),
                version))
        .orElseGet(() ->
            new RoomSight(
                id, Optional.empty(), now, false, false, List.of(), waiting.size(), version));
  }

  /** What the room has others do to the mixer; none of it blocks. */
  interface Actions {
    void kick(CallId call);

    void record();
  }
}
