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
 * Tests both ways in which an application can control a call: on the call's own thread, and
 * asynchronously (docs/spec/event-socket.md#outbound).
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
  void theChannelDataShowTheMode() throws Exception {
    assertThat(headers("3000")).isEqualTo("async, full");
    assertThat(headers("3002")).isEqualTo("static, full");
    assertThat(headers("3003")).isEqualTo("async, single-channel");
    assertThat(headers("3004")).isEqualTo("static, single-channel");
    assertThat(headers("socket_" + application.getLocalPort())).isEqualTo("async, full");
  }

  @Test
  void onTheCallsThreadRepliesAndEventsFollowTheEndOfTheApplication() throws Exception {
    try (RawClient client = connected("3004")) {
      client.send(execute("answer", ""), execute("playback", "hello.wav"), "getvar uuid");

      assertThat(client.next(2)).containsExactly("+OK", "+OK");
      assertThat(client.next().summary()).hasSize(36);
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
  void inAsyncModeTheReplyComesAtOnceAndEventsAsTheyHappen() throws Exception {
    try (RawClient client = connected("3003")) {
      client.send(execute("playback", "hello.wav"));

      assertThat(client.nextExcept("CHANNEL_PARK", 4))
          .containsExactly(
              "+OK",
              "CHANNEL_PROGRESS_MEDIA",
              "CHANNEL_EXECUTE playback",
              "CHANNEL_EXECUTE_COMPLETE playback");
    }
  }

  @Test
  void aMessageWithTheAsyncHeaderIsNotWaitedFor() throws Exception {
    try (RawClient client = connected("3004")) {
      client.send(execute("playback", "hello.wav") + "\nasync: true");

      assertThat(client.next(4))
          .containsExactly(
              "+OK",
              "CHANNEL_PROGRESS_MEDIA",
              "CHANNEL_EXECUTE playback",
              "CHANNEL_EXECUTE_COMPLETE playback");
    }
  }

  @Test
  void aCallerWhoHangsUpEndsTheApplicationAndThenTheConnection() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3004");
    try (RawClient client = connected(alice)) {
      client.send(execute("endless_playback", "music.wav"));
      Eventually.holds(
          "alice hears music", () -> alice.awaitHeard("music", 1, Duration.ZERO), alice::heard);
      alice.hangUp();

      assertThat(client.next(5))
          .containsExactly(
              "+OK",
              "CHANNEL_PROGRESS_MEDIA",
              "CHANNEL_EXECUTE endless_playback",
              "CHANNEL_HANGUP",
              "CHANNEL_EXECUTE_COMPLETE endless_playback");
      assertThat(client.next().header("Content-Disposition")).isEqualTo("disconnect");
      assertThat(client.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void aCallIsGoneOnlyAfterTheApplicationThatOccupiesItsThread() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3002");
    try (RawClient client = connected(alice)) {
      client.ask("linger");
      client.ask("sendmsg\ncall-command: hangup");
      assertThat(client.next(1)).containsExactly("CHANNEL_HANGUP");
      assertThat(client.next().header("Content-Disposition")).isEqualTo("linger");
      assertThat(client.api("uuid_exists " + alice.uuid())).isEqualTo("true");
      assertThat(alice.cause()).isEmpty();

      client.ask("exit");

      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
      assertThat(freeSwitch.api("uuid_exists " + alice.uuid())).isEqualTo("false");
    }
  }

  @Test
  void afterTheApplicationTheDialplanContinues() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3002");
    try (RawClient client = connected(alice);
        RawClient observer = RawClient.of(freeSwitch)) {
      observer.ask("event plain CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_UNPARK");
      client.ask("exit");

      assertThat(observer.next(3))
          .containsExactly(
              "CHANNEL_EXECUTE_COMPLETE socket",
              "CHANNEL_EXECUTE set",
              "CHANNEL_EXECUTE_COMPLETE set");
      assertThat(freeSwitch.api("uuid_getvar " + alice.uuid() + " after")).isEqualTo("reached");
    }
  }

  @Test
  void withoutAnApplicationTheDialplanContinues() throws Exception {
    application.close();
    try (RawClient observer = RawClient.of(freeSwitch)) {
      observer.ask("event plain CHANNEL_EXECUTE_COMPLETE");
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3002");

      assertThat(observer.next(2))
          .containsExactly("CHANNEL_EXECUTE_COMPLETE socket", "CHANNEL_EXECUTE_COMPLETE set");
      assertThat(observer.api("uuid_getvar " + alice.uuid() + " after")).isEqualTo("reached");
    }
  }

  @Test
  void aFirstCommandOtherThanConnectIsCarriedOutWithoutAReply() throws Exception {
    freeSwitch.call("1001", "Alice", "3000");
    try (RawClient client = new RawClient(application.accept())) {
      client.send("myevents", "connect", "getvar uuid", execute("answer", ""));

      assertThat(client.next().head()).startsWith("Event-Name: CHANNEL_DATA");
      assertThat(client.next().summary()).hasSize(36);
      assertThat(client.until("CHANNEL_ANSWER").summary()).isEqualTo("CHANNEL_ANSWER");
    }
  }

  @Test
  void eventsAreHeldWhileACommandIsIncomplete() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "3000");
    try (RawClient client = connected(alice)) {
      client.send(execute("playback", "hello.wav"));
      assertThat(client.nextExcept("CHANNEL_PARK", 4).getLast())
          .isEqualTo("CHANNEL_EXECUTE_COMPLETE playback");

      client.sendPart("getvar");
      assertThat(freeSwitch.awaitQuiet(client.sent(), Eventually.LIMIT)).isTrue();
      freeSwitch.model().press(alice.uuid(), '5');
      client.sendPart(" uuid\n\n");

      assertThat(client.next().summary()).isEqualTo(alice.uuid());
      assertThat(client.next().summary()).isEqualTo("DTMF");
    }
  }
}
