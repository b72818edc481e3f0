package dev.callflow.engine.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.SimulatedCaller;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A setting that an operator made while the mixer did not have the room holds, whatever happens at
 * whatever moment while the mixer creates the room. The moments are milliseconds after the cause of
 * its creation.
 */
@Execution(ExecutionMode.CONCURRENT)
class EveryMomentTests {

  private static final ActionResult DONE = new ActionResult.Done(List.of());

  /** Starts a host with a conference for which 1001 waits. */
  private static RestartedHost withWaitingCaller() throws IOException {
    RestartedHost host =
        new RestartedHost()
            .conference(
                "board",
                """
                {"name":"Board","member":{"pins":["482913"],"join_muted":false},
                 "moderator":{"pins":["739164"]},"wait_for_moderator":true}\
                """)
            .callflow(
                "board",
                """
                {"numbers":["5002"],"flow":{"module":"conference",
                 "data":{"id":"board","welcome_prompt":{"play":false}},"children":{}}}\
                """)
            .start();
    enters(host, "1001", "482913#");
    host.pass(5);
    return host;
  }

  private static SimulatedCaller enters(RestartedHost host, String from, String pin) {
    SimulatedCaller caller = host.call(from, "5002");
    host.pass(2);
    caller.press(pin);
    return caller;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 24, 28, 32, 36, 40})
  void aBanHoldsIfTheHostIsKilledWhileTheRoomIsCreated(int moment) throws Exception {
    try (RestartedHost host = withWaitingCaller()) {
      assertThat(host.perform("board", new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
      enters(host, "1009", "739164#");
      host.passMillis(moment).restart().pass(10);
      enters(host, "1003", "739164#");
      host.pass(8);
      assertThat(host.members()).doesNotContainKey("1003");
      assertThat(host.outcomes()).contains("1003 banned");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 14, 18, 22, 28})
  void anUnlockWhileTheRoomIsCreatedIsNotUndoneByAnEarlierLock(int moment) throws Exception {
    try (RestartedHost host = withWaitingCaller()) {
      String waiting =
          host.inHost(() -> host.conference("board").view().orElseThrow())
              .waiting()
              .getFirst()
              .call()
              .value();
      assertThat(host.perform("board", new ConferenceAction.Lock(true))).isEqualTo(DONE);
      host.time()
          .start(
              "admit", () -> host.conference("board").perform(new ConferenceAction.Admit(waiting)));
      host.passMillis(moment);
      assertThat(host.perform("board", new ConferenceAction.Lock(false))).isEqualTo(DONE);
      assertThat(host.members()).containsOnlyKeys("1001");
      assertThat(host.simulated().rooms()).noneMatch(SimRoomState::locked);
      assertThat(host.<Boolean>inHost(() -> host.conference("board").view().orElseThrow().locked()))
          .isFalse();
    }
  }
}
