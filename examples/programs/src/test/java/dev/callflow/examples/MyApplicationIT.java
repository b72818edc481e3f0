package dev.callflow.examples;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.simulator.wire.setup.WireFaults;
import dev.callflow.testkit.junit.CallflowExtension;
import dev.callflow.testkit.junit.FreeSwitchSettings;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contains the examples from docs/testing.md that test an application. */
@ExtendWith(CallflowExtension.class)
class MyApplicationIT {
  @Test
  void takesACall(@FreeSwitchSettings(mediaScale = 0.05) SimulatedFreeSwitch freeSwitch) {
    try (MyApplication application = new MyApplication(freeSwitch.esl(), "ClueCon")) {
      freeSwitch.handCallsTo(application.address());
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
      assertThat(alice).hears("conf-enter_conf_pin");
      alice.press("1234#");
      assertThat(alice).joins();
      assertThat(freeSwitch.rooms().getFirst()).hasMembers(1).isUnlocked();
      alice.hangUp();
      assertThat(alice).endsWith("NORMAL_CLEARING");
    }
  }

  @Test
  void survivesABadNetwork(@FreeSwitchSettings(mediaScale = 0.05) SimulatedFreeSwitch freeSwitch) {
    try (MyApplication application = new MyApplication(freeSwitch.esl(), "ClueCon")) {
      freeSwitch.handCallsTo(application.address());

      freeSwitch.faults(
          WireFaults.seeded(42).doublingEvents(0.05).delayingReplies(0.2, Duration.ofMillis(300)));

      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
      assertThat(alice).hears("conf-enter_conf_pin");
      freeSwitch.dropConnections();
      assertThat(application.isConnected()).isTrue();
    }
  }

  @Test
  void neverRunsACallersNameAsACommand(
      @FreeSwitchSettings(mediaScale = 0.05) SimulatedFreeSwitch freeSwitch) {
    try (MyApplication application = new MyApplication(freeSwitch.esl(), "ClueCon")) {
      freeSwitch.handCallsTo(application.address());

      SimulatedCaller alice = freeSwitch.call("1001", "${system id}:_:loopback/900555", "2000");
      assertThat(alice).hears("conf-enter_conf_pin");
      alice.press("1234#");
      assertThat(alice).joins();

      assertThat(freeSwitch.effects()).noneMatch(Effect.CommandRun.class::isInstance);
    }
  }

  @Test
  void handlesCallsInOtherSocketModes() throws Exception {
    try (SimulatedFreeSwitch freeSwitch =
            SimulatedFreeSwitch.builder()
                .extension("3002", "socket full") // in the call's own thread
                .extension("3003", "socket async") // without full control
                .extension("3004", "socket static") // neither
                .accessList(address -> address.getHostAddress().equals("127.0.0.1"))
                .start();
        MyApplication application = new MyApplication(freeSwitch.esl(), "ClueCon")) {
      freeSwitch.handCallsTo(application.address());

      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3002");

      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
    }
  }
}
