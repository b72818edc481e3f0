package com.example.calls;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;

import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.spring.test.CallflowTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CallflowTest
class CallsTests {

  @Autowired private SimulatedFreeSwitch freeSwitch;

  @Test
  void aCallerWithThePinJoinsTheStaffConference() {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
    assertThat(alice).hears("conf-enter_conf_pin");
    alice.press("1234#");
    assertThat(alice).joins();
  }
}
