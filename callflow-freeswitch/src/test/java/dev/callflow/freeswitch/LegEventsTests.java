package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.LegEvent;
import dev.callflow.esl.EslCallEnd;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LegEventsTests {

  private final LegFixture leg = new LegFixture();

  @Test
  void charactersThatAreNotKeysAreIgnored() {
    leg.events.publishKeys("1xF#");

    assertThat(leg.published()).containsExactly(new LegEvent.Dtmf('1'), new LegEvent.Dtmf('#'));
  }

  @Test
  void aCallThatWeHangUpIsEndedByTheEngine() {
    leg.events.hangingUp();
    leg.events.hangupReported();

    assertThat(ended("NORMAL_CLEARING", false)).isEqualTo(EndedBy.ENGINE);
  }

  @Test
  void aCallThatTheCallerHangsUpFirstIsEndedByTheCaller() {
    leg.events.hangupReported();
    leg.events.hangingUp();

    assertThat(ended("NORMAL_CLEARING", false)).isEqualTo(EndedBy.CALLER);
  }

  @Test
  void aCallWhoseConnectionIsLostIsEndedByTheSwitch() {
    assertThat(ended("NORMAL_CLEARING", true)).isEqualTo(EndedBy.SWITCH);
  }

  @Test
  void aCallOfASwitchThatShutsDownIsEndedByTheSwitch() {
    assertThat(ended("SYSTEM_SHUTDOWN", false)).isEqualTo(EndedBy.SWITCH);
  }

  @Test
  void aTransferredCallIsEndedByTheSwitch() {
    leg.events.ended(new EslCallEnd(Optional.empty(), Optional.empty(), false, true));

    assertThat(leg.published())
        .containsExactly(new LegEvent.HungUp(EndedBy.SWITCH, HangupCause.BLIND_TRANSFER));
  }

  @Test
  void aCallWithoutACauseEndsAsOutOfOrder() {
    leg.events.ended(new EslCallEnd(Optional.empty(), Optional.empty(), true, false));

    assertThat(leg.published())
        .containsExactly(new LegEvent.HungUp(EndedBy.SWITCH, HangupCause.DESTINATION_OUT_OF_ORDER));
  }

  private EndedBy ended(String cause, boolean lost) {
    leg.events.ended(new EslCallEnd(Optional.of(cause), Optional.empty(), lost, false));
    return ((LegEvent.HungUp) leg.published().getLast()).by();
  }
}
