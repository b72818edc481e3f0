package dev.callflow.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.engine.wire.PatientOptions;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The attack: a second connection claims the UUID of a live call to receive its commands. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class TakeoverIT {

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
  private static final AccountId ACME = new AccountId("acme");

  @Test
  void aLiveCallCannotBeTakenOver() throws Exception {
    MemoryStore store =
        new MemoryStore()
            // Keys may come late on a slow machine.
            .system(Json.readObject("{\"conferences\": {\"digit_timeout\": 120000}}"))
            .account(ACME, Json.object())
            .put(
                ACME,
                DocumentType.CONFERENCE,
                "red",
                Json.readObject(
                    "{\"name\":\"red\",\"member\":{\"join_muted\":false,\"pins\":[\"482913\"]}}"))
            .put(
                ACME,
                DocumentType.CALLFLOW,
                "flow",
                Json.readObject(
                    """
                    {"numbers":["5000"],"flow":{"module":"conference",
                     "data":{"id":"red","welcome_prompt":{"play":false}}}}\
                    """));
    TimeSource time = TimeSource.system();
    try (SimulatedFreeSwitch simulated =
            SimulatedFreeSwitch.builder().esl(ANY).mediaScale(0.01).start();
        FreeSwitch freeSwitch =
            new FreeSwitch(PatientOptions.of(simulated, "ClueCon").build(), time)) {
      Conferences conferences = Conferences.builder(store, freeSwitch.mixer(), time).build();
      freeSwitch.start(
          CallflowEngine.builder(store, time)
              .modules(conferences.modules())
              .defaultAccount(ACME)
              .build());
      simulated.handCallsTo(freeSwitch.calls());
      assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
      SimulatedCaller alice = simulated.call("1001", "Alice", "5000");
      Eventually.holds(
          "alice hears enter_conf_pin",
          () -> alice.awaitHeard("enter_conf_pin", 1, Duration.ZERO),
          alice::heard);

      for (int i = 0; i < 5; i++) {
        try (ForgedCallPeer forger = new ForgedCallPeer(freeSwitch.calls())) {
          assertThat(forger.claim(alice.uuid(), "5000", Map.of()).receivedUntilClosed())
              .as("commands that the forger receives")
              .isEmpty();
        }
      }
      alice.press("482913#");
      Eventually.holds("alice is in a room", () -> alice.awaitJoined(Duration.ZERO), alice::heard);

      try (ForgedCallPeer forger = new ForgedCallPeer(freeSwitch.calls())) {
        assertThat(forger.claim(alice.uuid(), "5000", Map.of()).receivedUntilClosed()).isEmpty();
      }
      assertThat(
              conferences
                  .conference(ACME, "red")
                  .perform(new ConferenceAction.Mute(alice.uuid(), true)))
          .isEqualTo(new ActionResult.Done(List.of()));
      alice.hangUp();
      Eventually.holds(
          "the call of alice ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
    }
  }
}
