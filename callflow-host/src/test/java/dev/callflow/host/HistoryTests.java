package dev.callflow.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.host.history.HistoryWriter;
import dev.callflow.simulator.wire.SimulatedCaller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The history of a host agrees with what a simulated FreeSWITCH saw, in virtual time. */
@Execution(ExecutionMode.CONCURRENT)
class HistoryTests {

  private HistoryBed bed;

  @BeforeEach
  void start() throws IOException {
    bed = open();
  }

  /** Opens a bed with an empty store of records. */
  HistoryBed open() throws IOException {
    return new HistoryBed(new MemoryRecords(), () -> {});
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void aDayIsRecordedAsTheSwitchSawIt() {
    Callflow morning = bed.start();
    SimulatedCaller alice = bed.host.call("1001", "2000");
    SimulatedCaller bob = bed.host.call("1002", "2000");
    bed.perform(morning, "board", new ConferenceAction.Record(true));
    bed.host.pass(60);
    bed.perform(morning, "board", new ConferenceAction.Lock(true));
    SimulatedCaller carol = bed.host.call("1003", "2000");
    bed.perform(morning, "board", new ConferenceAction.Lock(false));
    bed.perform(morning, "board", new ConferenceAction.Record(false));
    SimulatedCaller dave = bed.host.call("1004", "6000");
    bed.perform(morning, "board", new ConferenceAction.Kick(bob.uuid(), false));
    bed.host.pass(30);

    bed.host.in(8, () -> morning.close(Closing.HAND_OVER));
    bed.host.pass(5);
    Callflow afternoon = bed.start();
    bed.host.pass(60);

    SimulatedCaller erin = bed.host.call("1005", "2000");
    bed.perform(afternoon, "board", new ConferenceAction.SetRole(erin.uuid(), true));
    bed.host.pass(3_600);
    alice.hangUp();
    dave.hangUp();
    bed.host.pass(10);
    bed.perform(afternoon, "board", new ConferenceAction.End());
    bed.host.pass(60);
    carol.hangUp();
    bed.host.pass(60);

    assertThat(bed.recordedRuns()).hasSize(2).containsExactlyInAnyOrderElementsOf(bed.seenRuns());
    assertThat(bed.recordedVisits())
        .hasSize(4)
        .containsExactlyInAnyOrderElementsOf(bed.seenVisits());
    assertThat(bed.history(RecordKind.CALL, "call_id"))
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(bed.seenCalls());
    assertThat(bed.history(RecordKind.CONFERENCE))
        .extracting(
            it -> it.path("name").asString(),
            it -> it.path("ad_hoc").asBoolean(),
            it -> it.path("peak_participants").asInt(),
            it -> it.path("total_participants").asInt(),
            it -> it.has("end_reason"))
        .containsExactly(tuple("Board", false, 2, 3, false), tuple("huddle", true, 1, 1, false));
    assertThat(bed.history(RecordKind.PARTICIPANT))
        .extracting(
            it -> it.path("caller_id_number").asString(),
            it -> it.path("role").asString(),
            it -> it.path("how_left").asString())
        .containsExactly(
            tuple("1001", "member", "left"),
            tuple("1002", "member", "kicked"),
            tuple("1004", "member", "left"),
            tuple("1005", "moderator", "ended"));
    assertThat(bed.history(RecordKind.REFUSAL))
        .extracting(
            it -> it.path("caller_id_number").asString(),
            it -> it.path("conference_id").asString(),
            it -> it.path("reason").asString())
        .containsExactly(tuple("1003", "board", "locked"));
    assertThat(bed.history(RecordKind.RECORDING))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.path("path").asString())
              .isEqualTo(bed.host.simulated().model().recordings().iterator().next());
          assertThat(it.path("milliseconds").asLong()).isGreaterThan(60_000);
          assertThat(it.path("ended").asLong()).isGreaterThan(it.path("started").asLong());
        });
    assertThat(bed.history(RecordKind.RUNNING)).isEmpty();
  }

  @Test
  void aRecordingThatCannotBeStartedIsRecordedWithTheReason() {
    bed.host.makeUnrecordable();
    Callflow callflow = bed.start();
    bed.host.call("1001", "2000");
    bed.host.call("1002", "2000");

    bed.perform(callflow, "board", new ConferenceAction.Record(true));
    bed.host.pass(60);
    assertThat(bed.history(RecordKind.RECORDING))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.path("conference_id").asString()).isEqualTo("board");
          assertThat(it.path("path").asString()).isNotEmpty();
          assertThat(it.path("reason").asString()).isEqualTo("not_opened");
          assertThat(it.path("ended")).isEqualTo(it.path("started"));
          assertThat(it.has("milliseconds")).isFalse();
        });
  }

  // ---- the door

  @Test
  void callersWithWrongPinsAndUnknownNumbersAreRecorded() {
    bed.start();
    SimulatedCaller wrongPin = bed.host.call("1001", "5000");
    SimulatedCaller wrongNumber = bed.host.call("1002", "4000");
    for (int i = 0; i < 3; i++) {
      bed.host.pass(15);
      wrongPin.press("9#");
      wrongNumber.press("9#");
    }
    bed.host.pass(60);

    assertThat(bed.history(RecordKind.REFUSAL))
        .extracting(
            it -> it.path("caller_id_number").asString(),
            it -> it.path("call_id").asString(),
            it -> it.path("conference_id").asString(""),
            it -> it.path("reason").asString())
        .containsExactlyInAnyOrder(
            tuple("1001", wrongPin.uuid(), "club", "bad_pin"),
            tuple("1002", wrongNumber.uuid(), "", "bad_number"));
    assertThat(bed.history(RecordKind.CONFERENCE)).isEmpty();
  }

  @Test
  void aCallToAnUnknownNumberIsRecordedWithItsCause() {
    bed.start();
    bed.host.call("1001", "9999");
    bed.host.pass(5);

    assertThat(bed.history(RecordKind.CALL))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.path("dialed_number").asString()).isEqualTo("9999");
          assertThat(it.path("ended_by").asString()).isEqualTo("engine");
          assertThat(it.path("hangup_cause").asString()).isEqualTo("UNALLOCATED_NUMBER");
          assertThat(it.has("callflow_id")).isFalse();
        });
  }

  // ---- visits

  @Test
  void aParticipantWhoIsMovedAwayAndBackHasThreeVisits() {
    Callflow host = bed.start();
    SimulatedCaller alice = bed.host.call("1001", "2000");
    bed.host.call("1002", "2000");
    bed.host.call("1003", "6000");
    bed.perform(host, "board", new ConferenceAction.Move(alice.uuid(), "huddle"));
    bed.host.pass(10);
    bed.perform(host, "huddle", new ConferenceAction.Move(alice.uuid(), "board"));
    bed.host.pass(10);
    alice.hangUp();
    bed.host.pass(10);

    assertThat(bed.history(RecordKind.PARTICIPANT))
        .filteredOn(it -> it.path("caller_id_number").asString().equals("1001"))
        .extracting(it -> it.path("conference_id").asString(), it -> it.path("how_left").asString())
        .containsExactly(tuple("board", "moved"), tuple("huddle", "moved"), tuple("board", "left"));
  }

  // ---- restarts

  @Test
  void aParticipantWhoLeavesWhileNoHostRunsIsRecordedAsGone() {
    Callflow first = bed.start();
    bed.host.call("1001", "2000");
    SimulatedCaller bob = bed.host.call("1002", "2000");
    bed.host.in(8, () -> first.close(Closing.HAND_OVER));
    bob.hangUp();
    bed.host.pass(10);
    bed.start();
    bed.host.pass(10);

    assertThat(bed.history(RecordKind.PARTICIPANT))
        .extracting(
            it -> it.path("caller_id_number").asString(),
            it -> it.has("left"),
            it -> it.path("how_left").asString(""))
        .containsExactly(tuple("1001", false, ""), tuple("1002", true, "unknown"));
    assertThat(bed.history(RecordKind.CONFERENCE, "total_participants")).containsExactly("2");
  }

  @Test
  void aRoomThatEndsWhileNoHostRunsIsRecordedAsEndedWhenItWasLastSeen() {
    Callflow first = bed.start();
    SimulatedCaller alice = bed.host.call("1001", "2000");
    bed.perform(first, "board", new ConferenceAction.Record(true));
    bed.host.in(8, () -> first.close(Closing.HAND_OVER));
    Instant closed = bed.host.time().now();
    alice.hangUp();
    bed.host.pass(10);
    bed.start();
    bed.host.pass(60);
    assertThat(bed.history(RecordKind.CONFERENCE).getFirst().has("ended")).isFalse();

    bed.host.pass(240);

    assertThat(bed.history(RecordKind.CONFERENCE))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.path("end_reason").asString()).isEqualTo("unknown");
          assertThat(it.path("ended").asLong())
              .isBetween(GregorianTime.of(closed) - 8, GregorianTime.of(closed));
        });
    assertThat(bed.history(RecordKind.PARTICIPANT, "how_left")).containsExactly("unknown");
    assertThat(bed.history(RecordKind.RECORDING).getFirst().has("ended")).isTrue();
    assertThat(bed.history(RecordKind.RUNNING)).isEmpty();
  }

  @Test
  void aHostThatHangsUpEndsItsRunsBeforeItHasClosed() {
    Callflow host = bed.start();
    bed.host.call("1001", "2000");

    bed.host.in(10, () -> host.close(Closing.HANG_UP));

    assertThat(bed.recordedRuns()).isEqualTo(bed.seenRuns());
    assertThat(bed.recordedVisits()).isEqualTo(bed.seenVisits());
    assertThat(bed.history(RecordKind.CALL)).hasSize(1);
    assertThat(bed.history(RecordKind.RUNNING)).isEmpty();
  }

  @Test
  void aCallThatTwoHostsHaveHadHasOneRecordFromItsStartToItsEnd() {
    Callflow first =
        bed.host.start(
            bed.host
                .builder()
                .positionKey(HostBed.KEY)
                .closingTimeout(Duration.ZERO)
                .records(bed.records));
    Instant start = bed.host.time().now();
    SimulatedCaller bob = bed.host.call("1002", "3000");
    bed.host.in(2, () -> first.close(Closing.HAND_OVER));
    bed.start();
    bed.host.pass(40);

    assertThat(bed.history(RecordKind.CALL))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.path("call_id").asString()).isEqualTo(bob.uuid());
          assertThat(it.path("started").asLong()).isEqualTo(GregorianTime.of(start));
          assertThat(it.path("ended_by").asString()).isEqualTo("engine");
          assertThat(it.path("continued").asBoolean()).isTrue();
          assertThat(it.path("duration_seconds").asLong())
              .isEqualTo(it.path("ended").asLong() - it.path("started").asLong());
        });
  }

  @Test
  void aCallerWhoStaysInTheRoomDuringARestartHasOneCallThatEndsWhenTheyHangUp() {
    Callflow first = bed.start();
    Instant start = bed.host.time().now();
    SimulatedCaller alice = bed.host.call("1001", "2000");
    bed.host.in(8, () -> first.close(Closing.HAND_OVER));
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    bed.host.start(bed.host.builder().positionKey(HostBed.KEY).records(bed.records).meters(meters));
    bed.host.pass(600);
    Instant end = bed.host.time().now();
    alice.hangUp();
    bed.host.pass(10);

    assertThat(bed.history(RecordKind.CALL))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.path("call_id").asString()).isEqualTo(alice.uuid());
          assertThat(it.path("dialed_number").asString()).isEqualTo("2000");
          assertThat(it.path("callflow_id").asString()).isEqualTo("room");
          assertThat(it.path("started").asLong()).isEqualTo(GregorianTime.of(start));
          assertThat(it.path("ended").asLong()).isEqualTo(GregorianTime.of(end));
          assertThat(it.path("billing_seconds").asLong()).isGreaterThan(600);
          assertThat(it.path("ended_by").asString()).isEqualTo("caller");
          assertThat(it.path("hangup_cause").asString()).isEqualTo("NORMAL_CLEARING");
          assertThat(it.path("continued").asBoolean()).isTrue();
        });
    assertThat(meters.get("callflow.calls").tag("ended_by", "caller").timer().count()).isOne();
  }

  @Test
  void aCallThatEndsBecauseFreeSwitchRestartsIsEndedByTheSwitchAlsoInAnAdoptedRoom() {
    Callflow first = bed.start();
    bed.host.call("1001", "2000");
    bed.host.in(8, () -> first.close(Closing.HAND_OVER));
    bed.start();
    bed.host.pass(60);
    bed.host.simulated().restart();
    bed.host.pass(60);

    assertThat(bed.history(RecordKind.CALL))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.path("ended_by").asString()).isEqualTo("switch");
          assertThat(it.path("hangup_cause").asString()).isEqualTo("SYSTEM_SHUTDOWN");
        });
  }

  @Test
  void whatHappensWithinAQuarterOfASecondIsWrittenTogether() {
    bed.start();
    SimulatedCaller alice = bed.host.call("1001", "2000");
    SimulatedCaller bob = bed.host.call("1002", "2000");
    SimulatedCaller carol = bed.host.call("1003", "2000");
    bed.host.pass(10);
    int before = bed.records.written.get();

    alice.hangUp();
    bed.host.pass(Duration.ofMillis(50));
    bob.hangUp();
    bed.host.pass(Duration.ofMillis(50));
    carol.hangUp();
    bed.host.pass(10);

    assertThat(bed.history(RecordKind.CALL)).hasSize(3);
    assertThat(bed.recordedVisits()).isEqualTo(bed.seenVisits());
    assertThat(bed.records.written.get() - before).isLessThanOrEqualTo(2);
  }

  // ---- a store that does not answer

  @Test
  void whileTheStoreIsUnavailableCallsGoOnAndAreRecordedLater() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    bed.records.unavailable = true;
    bed.host.start(bed.host.builder().records(bed.records).meters(meters));
    SimulatedCaller alice = bed.host.call("1001", "2000");
    bed.host.pass(120);
    assertThat(bed.host.isUp(alice)).isTrue();
    alice.hangUp();
    bed.host.pass(10);

    bed.records.unavailable = false;
    bed.host.pass(60);

    assertThat(bed.recordedRuns()).isEqualTo(bed.seenRuns());
    assertThat(bed.recordedVisits()).isEqualTo(bed.seenVisits());
    assertThat(bed.history(RecordKind.CALL, "call_id")).containsExactly(alice.uuid());
    assertThat(meters.get("callflow.history.dropped").functionCounter().count()).isZero();
  }

  @Test
  void aRecordThatTheStoreRejectsDoesNotTakeOthersWithIt() {
    Callflow host = bed.start();
    bed.records.rejectedCall = "3000";
    SimulatedCaller alice = bed.host.call("1001", "2000");
    SimulatedCaller bob = bed.host.call("1002", "3000");
    bed.records.unavailable = true;
    alice.hangUp();
    bob.hangUp();
    bed.host.pass(10);
    bed.records.unavailable = false;
    bed.host.pass(60);

    assertThat(bed.history(RecordKind.CALL, "call_id")).containsExactly(alice.uuid());
    assertThat(bed.recordedVisits()).isEqualTo(bed.seenVisits());
    assertThat(host.health().rooms()).isZero();
  }

  @Test
  void eventsThatWereDroppedAreMadeGoodByComparingWithTheRoom() {
    Callflow host = bed.host.start(bed.host.builder());
    HistoryWriter history =
        bed.host.in(
            1,
            () ->
                new HistoryWriter(
                    bed.records, bed.host.documents(), host.conferences(), bed.host.time(), 1));
    bed.host.call("1001", "2000");
    SimulatedCaller bob = bed.host.call("1002", "2000");
    long before = history.dropped();

    bed.records.unavailable = true;
    SimulatedCaller carol = bed.host.call("1003", "2000");
    bed.host.call("1004", "2000");
    bed.host.call("1005", "2000");
    bed.records.unavailable = false;
    bed.host.pass(120);

    assertThat(history.dropped() - before).isEqualTo(1);
    assertThat(bed.history(RecordKind.PARTICIPANT, "caller_id_number"))
        .containsExactly("1001", "1002", "1003", "1004", "1005");

    bed.records.unavailable = true;
    bed.host.call("1006", "2000");
    carol.hangUp();
    bed.host.pass(1);
    bob.hangUp();
    bed.host.pass(1);
    bed.records.unavailable = false;
    bed.host.pass(120);

    assertThat(history.dropped() - before).isEqualTo(2);
    assertThat(bed.history(RecordKind.PARTICIPANT))
        .extracting(
            it -> it.path("caller_id_number").asString(), it -> it.path("how_left").asString(""))
        .containsExactly(
            tuple("1001", ""),
            tuple("1002", "left"),
            tuple("1003", "unknown"),
            tuple("1004", ""),
            tuple("1005", ""),
            tuple("1006", ""));
    assertThat(bed.history(RecordKind.CONFERENCE, "total_participants")).containsExactly("6");
  }

  @Test
  void eventsThatAreNotPublishedAreRecordedAllTheSame() {
    bed.host.system("{\"ecallmgr\": {\"publish_participant_event\": [\"lock\"]}}");
    bed.start();
    SimulatedCaller alice = bed.host.call("1001", "2000");
    alice.hangUp();
    bed.host.pass(10);

    assertThat(bed.recordedRuns()).hasSize(1).isEqualTo(bed.seenRuns());
    assertThat(bed.recordedVisits()).hasSize(1).isEqualTo(bed.seenVisits());
  }

  @Test
  void aHostClosesAlthoughTheStoreDoesNotAnswer() {
    Callflow host = bed.start();
    bed.host.call("1001", "2000");
    bed.records.unavailable = true;

    Closed closed = bed.host.in(20, () -> host.close(Closing.HANG_UP));

    assertThat(closed).isEqualTo(new Closed(Closing.HANG_UP, 1, 0));
  }
}
