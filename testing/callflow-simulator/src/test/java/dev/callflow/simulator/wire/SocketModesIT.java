package dev.callflow.simulator.wire;

import static dev.callflow.simulator.wire.RawClient.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An application is served by the call's own thread, or beside it
 * (docs/spec/event-socket.md#outbound).
 */
@Timeout(300)
class SocketModesIT {

  private ServerSocket application;
  private SimulatedFreeSwitch freeSwitch;

  @BeforeEach
  void start() throws Exception {
    application = RawClient.application();
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .mediaScale(0.05)
            .application(new InetSocketAddress("127.0.0.1", application.getLocalPort()))
            .extension("3000", "socket")
            .extension("3002", "socket full", "set after=reached", "park")
            .extension("3003", "socket async")
            .extension("3004", "socket static")
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    freeSwitch.close();
    application.close();
  }

  private RawClient connected(String number) throws Exception {
    return connected(freeSwitch.call("1001", "Alice", number));
  }

  private RawClient connected(SimulatedCaller caller) throws Exception {
    assertThat(caller.uuid()).isNotEmpty();
    RawClient client = new RawClient(application.accept());
    client.ask("connect");
    client.ask("myevents");
    return client;
  }

  private String headers(String number) throws Exception {
    freeSwitch.call("1001", "Alice", number);
    try (RawClient client = new RawClient(application.accept())) {
      RawClient.Frame data = client.ask("connect");
      return data.header("Socket-Mode") + ", " + data.header("Control");
    }
  }

  @Test
  void theChannelDataTellTheMode() throws Exception {
    assertThat(headers("3000")).isEqualTo("async, full");
    assertThat(headers("3002")).isEqualTo("static, full");
    assertThat(headers("3003")).isEqualTo("async, single-channel");
    assertThat(headers("3004")).isEqualTo("static, single-channel");
    assertThat(headers("socket_" + application.getLocalPort())).isEqualTo("async, full");
  }

  @Test
  void inTheCallsThreadAnApplicationIsAnsweredWhenItIsDoneAndToldThen() throws Exception {
    try (RawClient client = connected("3004")) {
      client.say(execute("answer", ""), execute("playback", "hello.wav"), "getvar uuid");

      assertThat(client.next(2)).containsExactly("+OK", "+OK");
      assertThat(client.next().what()).hasSize(36);
      assertThat(client.next(5))
          .containsExactly(
              "CHANNEL_EXECUTE answer",
              "CHANNEL_ANSWER",
              "CHANNEL_EXECUTE_COMPLETE answer",
              "CHANNEL_EXECUTE playback",
              "CHANNEL_EXECUTE_COMPLETE playback");
    }
  }

  @Test
  void besideTheCallItIsAnsweredAtOnceAndToldAsItHappens() throws Exception {
    try (RawClient client = connected("3003")) {
      client.say(execute("playback", "hello.wav"));

      assertThat(client.nextBut("CHANNEL_PARK", 3))
          .containsExactly("+OK", "CHANNEL_EXECUTE playback", "CHANNEL_EXECUTE_COMPLETE playback");
    }
  }

  @Test
  void aMessageThatAsksForItIsNotWaitedForEither() throws Exception {
    try (RawClient client = connected("3004")) {
      client.say(execute("playback", "hello.wav") + "\nasync: true");

      assertThat(client.next(3))
          .containsExactly("+OK", "CHANNEL_EXECUTE playback", "CHANNEL_EXECUTE_COMPLETE playback");
    }
  }

  @Test
  void aCallerWhoHangsUpEndsTheApplicationAndThenTheConnection() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3004");
    try (RawClient client = connected(alice)) {
      client.say(execute("endless_playback", "music.wav"));
      Eventually.holds(
          "alice hears music", () -> alice.awaitHeard("music", 1, Duration.ZERO), alice::heard);
      alice.hangUp();

      assertThat(client.next(4))
          .containsExactly(
              "+OK",
              "CHANNEL_EXECUTE endless_playback",
              "CHANNEL_HANGUP",
              "CHANNEL_EXECUTE_COMPLETE endless_playback");
      assertThat(client.next().header("Content-Disposition")).isEqualTo("disconnect");
      assertThat(client.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void aCallIsGoneOnlyAfterTheApplicationThatItsThreadIsIn() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3002");
    try (RawClient client = connected(alice)) {
      client.ask("linger");
      client.ask("sendmsg\ncall-command: hangup");
      assertThat(client.next(1)).containsExactly("CHANNEL_HANGUP");
      assertThat(client.next().header("Content-Disposition")).isEqualTo("linger");
      assertThat(client.api("uuid_exists " + alice.uuid())).isEqualTo("true");
      assertThat(alice.cause()).isEmpty();

      client.ask("exit");

      Eventually.holds(
          "the call of alice ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
      assertThat(freeSwitch.api("uuid_exists " + alice.uuid())).isEqualTo("false");
    }
  }

  @Test
  void afterTheApplicationTheDialplanGoesOn() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3002");
    try (RawClient client = connected(alice);
        RawClient watching = RawClient.of(freeSwitch)) {
      watching.ask("event plain CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_UNPARK");
      client.ask("exit");

      assertThat(watching.next(3))
          .containsExactly(
              "CHANNEL_EXECUTE_COMPLETE socket",
              "CHANNEL_EXECUTE set",
              "CHANNEL_EXECUTE_COMPLETE set");
      assertThat(freeSwitch.api("uuid_getvar " + alice.uuid() + " after")).isEqualTo("reached");
    }
  }

  @Test
  void ifNobodyTakesTheCallTheDialplanGoesOn() throws Exception {
    application.close();
    try (RawClient watching = RawClient.of(freeSwitch)) {
      watching.ask("event plain CHANNEL_EXECUTE_COMPLETE");
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3002");

      assertThat(watching.next(2))
          .containsExactly("CHANNEL_EXECUTE_COMPLETE socket", "CHANNEL_EXECUTE_COMPLETE set");
      assertThat(watching.api("uuid_getvar " + alice.uuid() + " after")).isEqualTo("reached");
    }
  }

  @Test
  void aFirstCommandThatIsNotConnectIsObeyedAndNotAnswered() throws Exception {
    freeSwitch.call("1001", "Alice", "3000");
    try (RawClient client = new RawClient(application.accept())) {
      client.say("myevents", "connect", "getvar uuid", execute("answer", ""));

      assertThat(client.next().head()).startsWith("Event-Name: CHANNEL_DATA");
      assertThat(client.next().what()).hasSize(36);
      assertThat(client.until("CHANNEL_ANSWER").what()).isEqualTo("CHANNEL_ANSWER");
    }
  }

  @Test
  void whileACommandIsHalfReadNothingIsTold() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3000");
    try (RawClient client = connected(alice)) {
      client.say(execute("playback", "hello.wav"));
      assertThat(client.nextBut("CHANNEL_PARK", 3).getLast())
          .isEqualTo("CHANNEL_EXECUTE_COMPLETE playback");

      client.sayHalf("getvar");
      assertThat(freeSwitch.awaitQuiet(client.sent(), Eventually.LIMIT)).isTrue();
      freeSwitch.model().press(alice.uuid(), '5');
      client.sayHalf(" uuid\n\n");

      assertThat(client.next().what()).isEqualTo(alice.uuid());
      assertThat(client.next().what()).isEqualTo("DTMF");
    }
  }
}
