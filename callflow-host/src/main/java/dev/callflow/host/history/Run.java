package dev.callflow.host.history;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** A run of a conference that has not ended. Owned by the history's thread. */
final class Run {

  /** The maximum number of participants who have left and are remembered. */
  private static final int MAX_GONE = 10_000;

  /**
   * A participant's visit.
   *
   * @param record the id of its record
   * @param joined when they joined
   * @param isNew whether it has not been recorded before
   */
  record Visit(String record, Instant joined, boolean isNew) {}

  private final RoomId room;
  private final String id;
  private final Instant began;
  private final ObjectNode body;

  /** Whether an earlier process, or this one before it lost events, has recorded the run before. */
  private final boolean resumed;

  private final Map<Integer, Visit> present = new HashMap<>();
  private final Set<Integer> ghosts = new HashSet<>();
  private final Set<Integer> gone = new HashSet<>();
  private final Set<String> recordings = new HashSet<>();

  /**
   * @param id the id of the record
   * @param body the content of the record, which this object changes
   */
  Run(RoomId room, String id, Instant began, ObjectNode body, boolean resumed) {
    this.room = room;
    this.id = id;
    this.began = began;
    this.body = body;
    this.resumed = resumed;
  }

  RoomId room() {
    return room;
  }

  String id() {
    return id;
  }

  Instant began() {
    return began;
  }

  boolean isResumed() {
    return resumed;
  }

  boolean isPresent(Member member) {
    return present.containsKey(member.number());
  }

  Set<Integer> present() {
    return Set.copyOf(present.keySet());
  }

  boolean isEmpty() {
    return present.isEmpty();
  }

  /**
   * Returns whether the member may have been in the room before, so that the store must be asked.
   */
  boolean mayHaveLeft(Member member) {
    return resumed || gone.contains(member.number()) || gone.size() == MAX_GONE;
  }

  /** Returns the visit of a participant who is present. */
  Visit visit(Member member) {
    return Objects.requireNonNull(present.get(member.number()));
  }

  void enter(Member member, Visit visit) {
    present.put(member.number(), visit);
    if (member.ghost()) {
      ghosts.add(member.number());
      return;
    }
    max("peak_participants", present.size() - ghosts.size());
    if (visit.isNew()) {
      max("total_participants", body.path("total_participants").asInt(0) + 1);
    }
  }

  private void max(String key, int value) {
    body.put(key, Math.max(body.path(key).asInt(0), value));
  }

  void leave(int number) {
    present.remove(number);
    ghosts.remove(number);
    if (gone.size() < MAX_GONE) {
      gone.add(number);
    }
  }

  void startRecording(String recording) {
    recordings.add(recording);
  }

  void stopRecording(String recording) {
    recordings.remove(recording);
  }

  boolean isRecording() {
    return !recordings.isEmpty();
  }

  AccountRecord record() {
    return new AccountRecord(
        Optional.of(room.account()),
        RecordKind.CONFERENCE,
        id,
        RecordId.shortened(room.conference()),
        began,
        body.deepCopy());
  }

  AccountRecord ended(Instant at, Optional<String> why) {
    return ended(record(), at, why);
  }

  static AccountRecord ended(AccountRecord run, Instant at, Optional<String> why) {
    ObjectNode ended = run.body().deepCopy();
    ended.put("ended", GregorianTime.of(at));
    why.ifPresent(reason -> ended.put("end_reason", reason));
    return run.withBody(ended);
  }

  /** Returns the record that says that the room was seen running at a time. */
  AccountRecord seen(Instant at) {
    return new AccountRecord(
        Optional.of(room.account()),
        RecordKind.RUNNING,
        id,
        RecordId.shortened(room.conference()),
        at,
        body.objectNode());
  }
}
