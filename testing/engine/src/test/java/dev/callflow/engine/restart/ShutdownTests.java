package dev.callflow.engine.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.SimulatedCaller;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** FreeSWITCH is shut down gracefully and started again, while the host keeps running. */
@Execution(ExecutionMode.CONCURRENT)
class ShutdownTests {

  private RestartedHost host;

  @BeforeEach
  void start() throws Exception {
    host =
        new RestartedHost()
            .conference("open", "{\"name\":\"Open\",\"member\":{\"join_muted\":false}}")
            .conference(
                "board",
                """
                {"name":"Board","member":{"pins":["482913"]},"moderator":{"pins":["739164"]},
                 "wait_for_moderator":true}\
                """)
            .callflow("open", flow("5000", "open"))
            .callflow("board", flow("5002", "board"))
            .start();
  }

  private static String flow(String number, String conference) {
    return """
    {"numbers":["%s"],"flow":{"module":"conference",
     "data":{"id":"%s","welcome_prompt":{"play":false}}}}\
    """
        .formatted(number, conference);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private void shutDown() {
    host.simulated().shutDown();
    host.pass(2);
    assertThat(host.simulated().isDown()).isTrue();
  }

  @Test
  void roomsAndCallsEnd() {
    SimulatedCaller alice = host.call("1001", "5000");
    SimulatedCaller bob = host.call("1002", "5000");
    SimulatedCaller atThePin = host.call("1003", "5002");
    host.pass(5);

    shutDown();

    assertThat(List.of(alice, bob, atThePin))
        .allSatisfy(caller -> assertThat(caller.cause()).hasValue("SYSTEM_SHUTDOWN"));
    host.pass(5);
    assertThat(host.live()).isZero();
    host.pass(120);
    assertThat(host.conference("open").view().filter(view -> view.running())).isEmpty();
    assertThat(host.conference("board").view().filter(view -> view.running())).isEmpty();
  }

  @Test
  void noSoundIsPlayedDuringAShutdown() {
    List<String> played = Collections.synchronizedList(new ArrayList<>());
    SimulatedCaller alice = host.call("1001", "5000");
    host.call("1002", "5000");
    host.call("1003", "5000");
    host.pass(5);
    host.simulated()
        .model()
        .listen(SwitchEvent.RoomPlayQueued.class, sound -> played.add(sound.file()));
    host.simulated()
        .model()
        .listen(SwitchEvent.MemberPlayStarted.class, sound -> played.add(sound.file()));
    alice.hangUp();
    host.pass(5);
    assertThat(played).singleElement().asString().startsWith("tone_stream://");
    played.clear();

    shutDown();
    host.pass(30);

    assertThat(played).isEmpty();
  }

  @Test
  void theHostReconnectsAndServesCallsAgain() {
    host.call("1001", "5000");
    host.pass(5);
    shutDown();
    host.pass(30);

    host.simulated().startUp();
    host.pass(30);

    SimulatedCaller carol = host.call("1004", "5000");
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1004");
    assertThat(host.perform("open", new ConferenceAction.Mute(carol.uuid(), true)))
        .isEqualTo(new ActionResult.Done(List.of()));
    assertThat(host.members().get("1004").muted()).isTrue();
    carol.hangUp();
    host.pass(5);
    assertThat(host.live()).isZero();
  }

  @Test
  void repeatedShutdownsLeaveNothingBehind() {
    for (int i = 0; i < 5; i++) {
      host.call("1001", "5000");
      host.call("1002", "5002");
      host.pass(3);
      shutDown();
      host.simulated().startUp();
      host.pass(30);
    }
    assertThat(host.live()).isZero();
    assertThat(host.simulated().model().channels()).isEmpty();
    host.call("1001", "5000");
    host.pass(5);
    assertThat(host.members()).containsOnlyKeys("1001");
  }

  @Test
  void anActionDuringAShutdownIsNotReportedAsDone() {
    SimulatedCaller alice = host.call("1001", "5000");
    host.pass(5);
    shutDown();

    assertThat(host.perform("open", new ConferenceAction.Mute(alice.uuid(), true)))
        .isNotInstanceOf(ActionResult.Done.class);
  }
}
