package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.room.JoinRequest.OnDuplicate;
import dev.callflow.conference.room.JoinRequest.Rules;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A sample room, with rules, members and events for tests. */
public final class Sample {

  /** The room. */
  public static final RoomId ROOM = new RoomId(new AccountId("acme"), "board");

  /** The instance of the room. */
  public static final String INSTANCE = "i-1";

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  static final Rules OPEN =
      new Rules(
          OptionalInt.empty(), OnDuplicate.ALLOW, false, false, Duration.ZERO, OptionalInt.empty());

  private Sample() {}

  static Rules seats(int seats) {
    return new Rules(
        OptionalInt.of(seats), OnDuplicate.ALLOW, false, false, Duration.ZERO, OptionalInt.empty());
  }

  static Rules onDuplicate(OnDuplicate policy) {
    return new Rules(OptionalInt.empty(), policy, false, false, Duration.ZERO, OptionalInt.empty());
  }

  static Rules waitForModerator() {
    return new Rules(
        OptionalInt.empty(), OnDuplicate.ALLOW, true, false, Duration.ZERO, OptionalInt.empty());
  }

  static Rules requireModerator(Duration grace) {
    return new Rules(
        OptionalInt.empty(), OnDuplicate.ALLOW, false, true, grace, OptionalInt.empty());
  }

  static Rules recordFrom(int members) {
    return new Rules(
        OptionalInt.empty(),
        OnDuplicate.ALLOW,
        false,
        false,
        Duration.ZERO,
        OptionalInt.of(members));
  }

  /** Returns the id of the call with the given name. */
  public static CallId call(String name) {
    return new CallId(name);
  }

  /** Returns a member who is neither muted nor deaf. */
  public static Member member(String call, int number) {
    return new Member(
        call(call),
        number,
        new Member.Party("Name of " + call, "100" + number),
        Member.Flags.NONE,
        new Member.Levels(300, 0, 0),
        START);
  }

  /** Returns the event that reports the start of the room. */
  public static MixerEvent created() {
    return new MixerEvent.Created(ROOM, INSTANCE);
  }

  /** Returns the event that reports the end of the room. */
  public static MixerEvent.InRoom destroyed() {
    return new MixerEvent.Destroyed(ROOM, INSTANCE);
  }

  /** Returns the event that reports that a member has joined. */
  public static MixerEvent.InRoom added(Member member) {
    return new MixerEvent.Added(ROOM, INSTANCE, member);
  }

  /** Returns the event that reports that a member has left. */
  public static MixerEvent.InRoom removed(Member member) {
    return new MixerEvent.Removed(ROOM, INSTANCE, member);
  }

  /** Returns the event that reports that a member has changed. */
  public static MixerEvent.InRoom changed(MixerEvent.Change what, Member member) {
    return new MixerEvent.Changed(ROOM, INSTANCE, what, member);
  }

  /** Returns the event that reports that the room has been locked or unlocked. */
  public static MixerEvent.InRoom locked(boolean on) {
    return new MixerEvent.Locked(ROOM, INSTANCE, on);
  }

  /** Returns a snapshot that shows the room as neither locked nor being recorded. */
  public static SnapshotReply shown(Member... members) {
    return new SnapshotReply.Shown(snapshot(Set.of(), members));
  }

  static MixerSnapshot snapshot(Set<CallId> held, Member... members) {
    return new MixerSnapshot(ROOM, INSTANCE, START, false, false, List.of(members), held, Map.of());
  }
}
