package dev.callflow.simulator.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.event.WireEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldEventsTests {

  private final List<String> delivered = new ArrayList<>();
  private final HeldEvents events =
      new HeldEvents(
          new HeldEvents.Output() {
            @Override
            public void deliver(WireEvent event) {
              delivered.add(event.name());
            }

            @Override
            public void deliverEnd(String channelName) {
              delivered.add("end of " + channelName);
            }

            @Override
            public void overflow() {
              delivered.add("overflow");
            }
          });

  private static WireEvent event(String name) {
    return new WireEvent().add("Event-Name", name);
  }

  @Test
  void eventsPassWhileNoCommandRuns() {
    events.event(event("DTMF"));

    assertThat(delivered).containsExactly("DTMF");
  }

  @Test
  void eventsDuringACommandFollowIt() {
    events.hold();
    events.event(event("DTMF"));
    assertThat(delivered).isEmpty();

    events.release(false);
    assertThat(delivered).containsExactly("DTMF");
  }

  @Test
  void eventsFollowAllCommandsThatArrivedTogether() {
    events.hold();
    events.event(event("DTMF"));
    events.release(true);
    assertThat(delivered).isEmpty();

    events.release(false);
    assertThat(delivered).containsExactly("DTMF");
  }

  @Test
  void theEndOfACallFollowsItsEvents() {
    events.hold();
    events.callEnded("loopback/1");
    events.event(event("CHANNEL_HANGUP_COMPLETE"));
    events.release(false);

    assertThat(delivered).containsExactly("CHANNEL_HANGUP_COMPLETE", "end of loopback/1");
  }

  @Test
  void theEndOfACallDoesNotWaitForFurtherCommands() {
    events.hold();
    events.callEnded("loopback/1");
    events.release(true);

    assertThat(delivered).containsExactly("end of loopback/1");
  }
}
