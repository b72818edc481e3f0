package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.esl.message.EslEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EslServerIT implements EslCallListener {

  private static final String CHANNEL =
      """
      Event-Name: CHANNEL_DATA
      Unique-ID: call-1
      Caller-Destination-Number: 5000
      Content-Type: command/reply
      Reply-Text: %2BOK%0A

      """;

  private final BlockingQueue<EslCall> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private EslServer server;

  @BeforeEach
  void start() {
    server =
        EslServer.builder(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                call -> {
                  calls.add(call);
                  return this;
                })
            .greetingTimeout(Duration.ofMillis(300))
            .events(List.of("CHANNEL_EXECUTE_COMPLETE"), List.of("conference::maintenance"))
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public void event(EslEvent event) {
    told.add(event.name());
  }

  @Override
  public void ended(EslCallEnd end) {
    told.add("ended " + end.cause().orElse("?") + (end.lost() ? " lost" : ""));
  }

  private String next() throws InterruptedException {
    return told.poll(5, TimeUnit.SECONDS);
  }

  private ScriptedPeer call() throws IOException {
    ScriptedPeer peer = ScriptedPeer.connect(server.address());
    peer.expect("connect").send(CHANNEL);
    peer.expect("linger").reply("+OK will linger");
    peer.expect("myevents").reply("+OK Events Enabled");
    peer.expect("event plain CHANNEL_EXECUTE_COMPLETE CUSTOM conference::maintenance")
        .reply("+OK event listener enabled plain");
    return peer;
  }

  @Test
  void aCallIsGreetedInTheOrderThatFreeSwitchNeeds() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = calls.poll(5, TimeUnit.SECONDS);
      assertThat(call.uuid()).isEqualTo("call-1");
      String id = call.execute("answer", "");
      assertThat(peer.command())
          .isEqualTo(
              "sendmsg\ncall-command: execute\nexecute-app-name: answer\nEvent-UUID: "
                  + id
                  + "\nevent-lock: true");
    }
  }

  @Test
  void whoDoesNotSayWhichCallItIsIsDisconnected() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.connect(server.address())) {
      peer.expect("connect").expect("linger").expect("myevents");
      assertThat(peer.command()).startsWith("event");
      assertThat(peer.isClosed()).isTrue();
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void theEndIsToldOnceAndTheConnectionLeft() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event("Event-Name: CHANNEL_HANGUP\nHangup-Cause: USER_BUSY\n");
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      peer.expect("exit").reply("+OK bye");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE");
      assertThat(next()).isEqualTo("ended USER_BUSY");
      assertThat(peer.isClosed()).isTrue();
    }
    assertThat(told).isEmpty();
  }

  @Test
  void theNoticeMayComeBeforeTheLastEvent() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event("Event-Name: CHANNEL_HANGUP\nHangup-Cause: NORMAL_CLEARING\n");
      peer.send(
          "Content-Type: text/disconnect-notice\nContent-Disposition: linger\nContent-Length: 0\n\n");
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: NORMAL_CLEARING\n");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE");
      assertThat(next()).isEqualTo("ended NORMAL_CLEARING");
    }
  }

  @Test
  void theEndIsToldAlsoWhenFreeSwitchsLastEventsAreLost() throws Exception {
    try (ScriptedPeer peer = call()) {
      assertThat(calls.poll(5, TimeUnit.SECONDS)).isNotNull();
      peer.send("Content-Type: text/disconnect-notice\nContent-Length: 0\n\n");
      assertThat(next()).isEqualTo("ended ?");
    }
  }

  @Test
  void aConnectionThatDropsIsACallThatIsLost() throws Exception {
    try (ScriptedPeer peer = call()) {
      assertThat(calls.poll(5, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(next()).isEqualTo("ended ? lost");
  }

  @Test
  void noMoreApplicationsAreAskedForThanFreeSwitchCanHold() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = calls.poll(5, TimeUnit.SECONDS);
      for (int i = 0; i < EslCall.MOST_UNFINISHED; i++) {
        call.execute("sleep", "1");
      }
      assertThatThrownBy(() -> call.execute("sleep", "1")).isInstanceOf(EslOverflowException.class);
      String first = peer.command();
      String id = first.substring(first.indexOf("Event-UUID: ") + "Event-UUID: ".length());
      peer.event(
          "Event-Name: CHANNEL_EXECUTE_COMPLETE\nApplication-UUID: "
              + id.substring(0, id.indexOf('\n'))
              + "\n");
      assertThat(next()).isEqualTo("CHANNEL_EXECUTE_COMPLETE");
      assertThat(call.execute("sleep", "1")).isNotEmpty();
    }
  }

  @Test
  void aDialplanWithoutFullIsSaidToBeWrong() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.connect(server.address())) {
      peer.expect("connect").send(CHANNEL);
      peer.expect("linger").reply("-ERR command not found");
      peer.expect("myevents").reply("+OK Events Enabled");
      assertThat(peer.command()).startsWith("event");
      peer.reply("-ERR command not found");
      assertThat(peer.isClosed()).isTrue();
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void closingWaitsForCallsAndThenClosesThem() throws Exception {
    try (ScriptedPeer peer = call()) {
      assertThat(calls.poll(5, TimeUnit.SECONDS)).isNotNull();
      assertThat(server.close(Duration.ofMillis(100))).isFalse();
      assertThat(peer.isClosed()).isTrue();
    }
  }
}
