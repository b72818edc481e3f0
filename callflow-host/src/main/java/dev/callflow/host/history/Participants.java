package dev.callflow.host.history;

import dev.callflow.conference.mixer.Member;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Records the participants of runs. Used by the history's thread only. */
final class Participants {

  /** How a participant left if no event says it. */
  static final String UNKNOWN = "unknown";

  private final Unwritten records;

  Participants(Unwritten records) {
    this.records = records;
  }

  /** Records a participant who is in the room; does nothing if that is known. */
  void joined(Run run, Member member) {
    if (run.isPresent(member)) {
      return;
    }
    Run.Visit visit = visit(run, member);
    records.put(record(run, member, visit));
    run.enter(member, visit);
    records.put(run.record());
  }

  /**
   * Returns the visit that begins, or the one that is recorded already. A member who comes back to
   * the same run can have the same number.
   */
  private Run.Visit visit(Run run, Member member) {
    String number = String.valueOf(member.number());
    String id = RecordId.of(run.id(), number);
    int visits = 1;
    while (run.mayHaveLeft(member)) {
      Optional<AccountRecord> before =
          records.find(Optional.of(run.room().account()), RecordKind.PARTICIPANT, id);
      if (before.isEmpty()) {
        break;
      }
      if (isSame(before.get(), member)) {
        return new Run.Visit(id, before.get().at(), false);
      }
      visits++;
      id = RecordId.of(run.id(), number, String.valueOf(visits));
    }
    return new Run.Visit(id, member.joined(), true);
  }

  /** Returns whether the member has joined before the recorded visit ended, so that it goes on. */
  private static boolean isSame(AccountRecord visit, Member member) {
    return !visit.body().has("left")
        || GregorianTime.of(member.joined()) < visit.body().path("left").asLong(0);
  }

  /** Records that the role of a participant has changed. */
  void changed(Run run, Member member) {
    joined(run, member);
    records.put(record(run, member, run.visit(member)));
  }

  void left(Run run, Member member, Instant at, String how) {
    joined(run, member);
    records.put(left(record(run, member, run.visit(member)), at, how));
    run.leave(member.number());
  }

  /** Ends the records of the participants of a run that have no end, except some of them. */
  void endAll(AccountId account, String run, Set<Integer> except, Instant at, String how) {
    records.forEach(
        account,
        RecordKind.PARTICIPANT,
        run,
        record -> {
          ObjectNode body = record.body();
          if (!body.has("left") && !except.contains(body.path("participant_id").asInt(0))) {
            records.put(left(record, at, how));
          }
        });
  }

  private static AccountRecord record(Run run, Member member, Run.Visit visit) {
    ObjectNode body =
        Json.object()
            .put("conference_id", run.room().conference())
            .put("call_id", member.call().value())
            .put("participant_id", member.number())
            .put("caller_id_name", RecordId.shortened(member.callerName()))
            .put("caller_id_number", RecordId.shortened(member.callerNumber()))
            .put("role", member.moderator() ? "moderator" : "member")
            .put("joined", GregorianTime.of(visit.joined()));
    if (member.ghost()) {
      body.put("ghost", true);
    }
    return new AccountRecord(
        Optional.of(run.room().account()),
        RecordKind.PARTICIPANT,
        visit.record(),
        run.id(),
        visit.joined(),
        body);
  }

  private static AccountRecord left(AccountRecord record, Instant at, String how) {
    return record.withBody(
        record.body().deepCopy().put("left", GregorianTime.of(at)).put("how_left", how));
  }
}
