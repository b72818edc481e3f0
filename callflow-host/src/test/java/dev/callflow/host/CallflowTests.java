package dev.callflow.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.listen.Subscription;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A host takes calls of a simulated FreeSWITCH, and closes, in virtual time. */
@Execution(ExecutionMode.CONCURRENT)
class CallflowTests {

  private HostBed bed;

  @BeforeEach
  void start() throws IOException {
    bed = new HostBed();
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  // ---- calls

  @Test
  void aBuiltCallflowTakesCallsOnceItIsStarted() {
    Callflow built = bed.in(1, () -> bed.builder().build());
    assertThat(built.health().ready()).isFalse();
    assertThatIllegalStateException().isThrownBy(built::calls);

    bed.in(
        2,
        () -> {
          built.start();
          return true;
        });

    assertThat(bed.isUp(bed.call("1001", "3000"))).isTrue();
    assertThat(built.health().ready()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(built::start)
        .withMessage("Callflow has been started before");
  }

  @Test
  void aListenerReceivesTheEventsOfConferencesUntilItsSubscriptionIsClosed() {
    List<String> events = new CopyOnWriteArrayList<>();
    Callflow host = bed.start(bed.builder());
    Subscription subscription = host.conferences().onEvent(event -> events.add(event.name()));

    bed.call("1001", "2000");
    subscription.close();
    bed.call("1002", "2000");

    assertThat(events).containsExactly("conference-create", "add-member");
    assertThat(bed.inRooms()).containsExactly("1001", "1002");
  }

  @Test
  void aModuleOfTheApplicationReplacesTheBuiltInModuleOfTheSameName() {
    bed.start(bed.builder().module(new RefusingSleep()));

    SimulatedCaller alice = bed.call("1001", "3000");

    assertThat(bed.isUp(alice)).isFalse();
  }

  private static final class RefusingSleep implements CallflowModule {
    @Override
    public String name() {
      return "sleep";
    }

    @Override
    public Outcome run(ModuleContext context) {
      return new Outcome.HangUp(HangupCause.CALL_REJECTED);
    }
  }

  @Test
  void anObserverReceivesTheRecordOfEachCall() {
    List<CallRecord> records = new CopyOnWriteArrayList<>();
    bed.start(
        bed.builder()
            .observer(
                new CallObserver() {
                  @Override
                  public void ended(CallRecord call) {
                    records.add(call);
                  }
                }));

    SimulatedCaller alice = bed.call("1001", "2000");
    alice.hangUp();
    bed.pass(1);

    assertThat(records)
        .singleElement()
        .satisfies(record -> {
          assertThat(record.id().value()).isEqualTo(alice.uuid());
          assertThat(record.account()).contains(HostBed.ACME);
          assertThat(record.callerNumber()).isEqualTo("1001");
          assertThat(record.number()).isEqualTo("2000");
          assertThat(record.callflow()).contains("room");
          assertThat(record.answered()).isPresent();
          assertThat(record.duration()).isPositive();
          assertThat(record.endedBy()).isEqualTo(EndedBy.CALLER);
          assertThat(record.continued()).isFalse();
        });
  }

  @Test
  void callsOfSeveralFreeSwitchesAreHandledByOneHost() throws IOException {
    SimulatedFreeSwitch west = bed.another(8085);
    Callflow host =
        bed.start(bed.builder().freeSwitch("west", "10.0.0.2:5060", bed.options(west, 8085)));
    west.call("1001", "1001", "3000");
    bed.call("1002", "3000");

    assertThat(host.calls("west").getPort()).isEqualTo(8085);
    assertThat(host.health().freeSwitches())
        .extracting(Health.Link::connected)
        .containsExactly(true, true);
    assertThat(host.health().calls()).isEqualTo(2);
  }

  // ---- health and meters

  @Test
  void theHealthShowsConnectionsRoomsAndCalls() {
    Callflow host = bed.start(bed.builder());
    bed.call("1001", "2000");
    bed.call("1002", "3000");

    Health health = host.health();

    assertThat(health.ready()).isTrue();
    assertThat(health.storeReachable()).isTrue();
    assertThat(health.rooms()).isEqualTo(1);
    assertThat(health.calls()).isEqualTo(2);
    assertThat(health.freeSwitches())
        .singleElement()
        .satisfies(link -> {
          assertThat(link.name()).startsWith("127.0.0.1:");
          assertThat(link.connected()).isTrue();
          assertThat(link.since()).isBefore(bed.time().now());
        });
  }

  @Test
  void aHostWhoseFreeSwitchIsGoneOrThatIsClosingIsNotReady() {
    Instant start = bed.time().now();
    Callflow host = bed.start(bed.builder());
    bed.simulated().close();
    bed.pass(1);

    assertThat(host.health().ready()).isFalse();
    assertThat(host.health().freeSwitches().getFirst().since()).isAfter(start);

    bed.in(10, () -> host.close(Closing.HANG_UP));
    assertThat(host.health().closing()).isTrue();
  }

  @Test
  void allMetersBeginWithCallflowAndHaveADescription() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    bed.start(bed.builder().meters(registry));
    SimulatedCaller alice = bed.call("1001", "2000");
    bed.call("1002", "3000");
    alice.hangUp();
    bed.pass(1);

    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .allSatisfy(id -> {
          assertThat(id.getName()).startsWith("callflow.");
          assertThat(id.getDescription()).as(id.getName()).isNotBlank();
        });
    assertThat(registry.get("callflow.calls.live").gauge().value()).isEqualTo(1);
    assertThat(
            registry
                .get("callflow.calls")
                .tag("ended_by", "caller")
                .tag("cause", "normal-clearing")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("callflow.freeswitch.connected").gauge().value()).isEqualTo(1);
    assertThat(registry.get("callflow.esl.connections").tag("direction", "inbound").gauge().value())
        .isEqualTo(1);
    assertThat(registry.get("callflow.conference.joins").timer().count()).isEqualTo(1);
  }

  // ---- closing

  @Test
  void atHandOverParticipantsStayInTheirRoomsAndTheNextHostTakesAllCallsOver() {
    Callflow first = bed.start(bed.builder().positionKey(HostBed.KEY));
    SimulatedCaller alice = bed.call("1001", "2000");
    SimulatedCaller bob = bed.call("1002", "3000");

    Closed closed = bed.in(8, () -> first.close(Closing.HAND_OVER));

    assertThat(closed).isEqualTo(new Closed(Closing.HAND_OVER, 1, 1));
    assertThat(bed.inRooms()).containsExactly("1001");
    assertThat(bed.isUp(bob)).isTrue();

    Callflow next = bed.start(bed.builder().positionKey(HostBed.KEY));
    bed.pass(4);

    assertThat(bed.participants()).isEqualTo(1);
    assertThat(next.health().calls()).isEqualTo(1);
    alice.hangUp();
    bed.pass(1);
    assertThat(next.health().rooms()).isZero();
  }

  @Test
  void hangingUpEndsAllCalls() {
    Callflow host = bed.start(bed.builder().positionKey(HostBed.KEY));
    SimulatedCaller alice = bed.call("1001", "2000");
    SimulatedCaller bob = bed.call("1002", "3000");

    Closed closed = bed.in(10, () -> host.close(Closing.HANG_UP));

    assertThat(closed).isEqualTo(new Closed(Closing.HANG_UP, 1, 1));
    assertThat(bed.isUp(alice)).isFalse();
    assertThat(bed.isUp(bob)).isFalse();
    assertThat(host.health().calls()).isZero();
  }

  @Test
  void hangingUpAlsoEndsTheCallsOfParticipantsWhomAnEarlierHostHasLetIn() {
    Callflow first = bed.start(bed.builder().positionKey(HostBed.KEY));
    SimulatedCaller alice = bed.call("1001", "2000");
    bed.in(3, () -> first.close(Closing.HAND_OVER));
    Callflow next = bed.start(bed.builder().positionKey(HostBed.KEY));

    Closed closed = bed.in(10, () -> next.close(Closing.HANG_UP));

    assertThat(closed).isEqualTo(new Closed(Closing.HANG_UP, 1, 0));
    assertThat(bed.isUp(alice)).isFalse();
  }

  @Test
  void withoutAPositionKeyCallsAreHungUpBecauseNoHostCouldContinueThem() {
    Callflow host = bed.start(bed.builder().closingTimeout(Duration.ZERO));
    SimulatedCaller alice = bed.call("1001", "2000");

    Closed closed = bed.in(2, () -> host.close(Closing.HAND_OVER));

    assertThat(closed).isEqualTo(new Closed(Closing.HANG_UP, 1, 0));
    assertThat(bed.isUp(alice)).isFalse();
  }

  @Test
  void handingOverWaitsForCallersOutsideOfRoomsButNotForParticipants() {
    Callflow host =
        bed.start(bed.builder().positionKey(HostBed.KEY).closingTimeout(Duration.ofSeconds(25)));
    bed.call("1001", "2000");
    SimulatedCaller bob = bed.call("1002", "3000");

    Closed closed = bed.in(21, () -> host.close(Closing.HAND_OVER));

    assertThat(closed).isEqualTo(new Closed(Closing.HAND_OVER, 1, 0));
    assertThat(bed.isUp(bob)).isFalse();
    assertThat(bed.inRooms()).containsExactly("1001");
  }

  @Test
  void aCallerWhoArrivesWhileTheHostClosesReachesTheNextHost() {
    Callflow first =
        bed.start(bed.builder().positionKey(HostBed.KEY).closingTimeout(Duration.ofSeconds(9)));
    bed.call("1001", "3000");
    bed.time().start("closing", first::close);
    SimulatedCaller alice = bed.call("1002", "2000");

    assertThat(first.health().calls()).isEqualTo(1);
    assertThat(first.health().closing()).isTrue();
    bed.pass(7);
    bed.start(bed.builder().positionKey(HostBed.KEY));
    bed.pass(4);

    assertThat(bed.isUp(alice)).isTrue();
    assertThat(bed.inRooms()).containsExactly("1002");
  }

  @Test
  void closingASecondTimeReturnsTheSame() {
    Callflow host = bed.start(bed.builder().closingTimeout(Duration.ZERO));
    bed.call("1001", "3000");

    Closed once = bed.in(2, () -> host.close(Closing.HANG_UP));

    assertThat(bed.in(1, () -> host.close(Closing.HAND_OVER))).isEqualTo(once);
  }

  @Test
  void theRecordsOfCallsThatAreHandedOverAreCompleteWhenTheHostHasClosed() {
    List<CallRecord> records = new CopyOnWriteArrayList<>();
    CallObserver observer =
        new CallObserver() {
          @Override
          public void ended(CallRecord call) {
            records.add(call);
          }
        };
    Callflow first =
        bed.start(
            bed.builder()
                .positionKey(HostBed.KEY)
                .closingTimeout(Duration.ZERO)
                .observer(observer));
    SimulatedCaller bob = bed.call("1002", "3000");

    int complete =
        bed.in(
            2,
            () -> {
              first.close();
              return records.size();
            });
    bed.start(bed.builder().positionKey(HostBed.KEY).observer(observer));
    bed.pass(30);

    assertThat(complete).isEqualTo(1);
    assertThat(records)
        .extracting(record -> record.id().value(), CallRecord::endedBy, CallRecord::continued)
        .containsExactly(
            tuple(bob.uuid(), EndedBy.SWITCH, false), tuple(bob.uuid(), EndedBy.ENGINE, true));
    assertThat(records.getLast().callflow()).isEqualTo(Optional.of("wait"));
  }
}
