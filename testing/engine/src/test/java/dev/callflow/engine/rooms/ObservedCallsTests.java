package dev.callflow.engine.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.micrometer.Observed;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.simulator.model.NewChannel;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The observations that tracing makes of a call's nodes. */
class ObservedCallsTests {

  private final List<String> recorded = new ArrayList<>();
  private final LiveRooms rooms = new LiveRooms();

  /** Records the beginning and the end of each observation. */
  private final class RecordingHandler implements ObservationHandler<Observation.Context> {
    @Override
    public void onStart(Observation.Context context) {
      recorded.add("begins " + name(context));
    }

    @Override
    public void onStop(Observation.Context context) {
      recorded.add("ends " + name(context));
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    private static String name(Observation.Context context) {
      return context.getName()
          + " "
          + context.getLowCardinalityKeyValues().stream().map(KeyValue::getValue).toList()
          + " "
          + context.getHighCardinalityKeyValues().stream().map(KeyValue::getValue).toList();
    }
  }

  @Test
  void aNodeIsObservedFromItsStartUntilTheCallerHangsUp() throws Exception {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new RecordingHandler());
    CallflowEngine engine =
        CallflowEngine.builder(rooms.store, rooms.time)
            .modules(
                rooms.conferences.modules().stream()
                    .map(module -> Observed.module(module, registry))
                    .toList())
            .defaultAccount(LiveRooms.ACME)
            .build();

    rooms.run(() -> {
      rooms.model.arrive(new NewChannel("alice", "alice", "", "5000", "", Map.of()));
      engine.take(
          rooms.ports.leg(new CallId("alice")),
          new IncomingCall("5000", "alice", "", Optional.empty(), Map.of()));
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(recorded).containsExactly("begins callflow.node [conference] [alice]");
      rooms.hangUp("alice");
      rooms.sleep(Duration.ofSeconds(1));
    });

    assertThat(recorded)
        .containsExactly(
            "begins callflow.node [conference] [alice]", "ends callflow.node [conference] [alice]");
  }
}
