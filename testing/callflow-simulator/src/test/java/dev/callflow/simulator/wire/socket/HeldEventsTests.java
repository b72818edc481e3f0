package dev.callflow.simulator.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.event.WireEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldEventsTests {

  private final List<String> told = new ArrayList<>();
  private final HeldEvents events =
      new HeldEvents(
          new HeldEvents.Output() {
            @Override
            public void deliver(WireEvent event) {
              told.add(event.name());
            }

            @Override
            public void deliverEnd(String channelName) {
              told.add("end of " + channelName);
            }

            @Override
            public void overflow() {
              told.add("overflow");
            }
          });

  private static WireEvent event(String name) {
    return new WireEvent().add("Event-Name", name);
  }

  @Test
  void eventsPassWhileNoCommandIsCarriedOut() {
    events.event(event("DTMF"));

    assertThat(told).containsExactly("DTMF");
  }

  @Test
  void eventsDuringACommandComeBehindIt() {
    events.hold();
    events.event(event("DTMF"));
    assertThat(told).isEmpty();

    events.release(false);
    assertThat(told).containsExactly("DTMF");
  }

  @Test
  void eventsComeBehindAllCommandsThatHaveComeTogether() {
    events.hold();
    events.event(event("DTMF"));
    events.release(true);
    assertThat(told).isEmpty();

    events.release(false);
    assertThat(told).containsExactly("DTMF");
  }

  @Test
  void theEndOfACallComesBehindItsEvents() {
    events.hold();
    events.callEnded("loopback/1");
    events.event(event("CHANNEL_HANGUP_COMPLETE"));
    events.release(false);

    assertThat(told).containsExactly("CHANNEL_HANGUP_COMPLETE", "end of loopback/1");
  }

  @Test
  void theEndOfACallDoesNotWaitForFurtherCommands() {
    events.hold();
    events.callEnded("loopback/1");
    events.release(true);

    assertThat(told).containsExactly("end of loopback/1");
  }
}
