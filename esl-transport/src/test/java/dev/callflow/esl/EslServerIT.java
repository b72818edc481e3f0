package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.error.EslTimeoutException;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
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
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private EslServer server;

  @BeforeEach
  void start() {
    server =
        new EslServer(
                PatientOptions.server()
                    .events(List.of("CHANNEL_EXECUTE_COMPLETE"), List.of("conference::maintenance"))
                    .build(),
                call -> {
                  calls.add(call);
                  return this;
                })
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public void event(EslEvent event) {
    received.add(event.name());
  }

  @Override
  public void ended(EslCallEnd end) {
    received.add(
        "ended "
            + end.cause().orElse("?")
            + (end.lost() ? " lost" : "")
            + (end.transferred() ? " transferred" : ""));
  }

  private String next() throws InterruptedException {
    return Eventually.next("the next event", received);
  }

  private ScriptedPeer call() throws IOException {
    return call(CHANNEL);
  }

  private ScriptedPeer call(String channel) throws IOException {
    ScriptedPeer peer = ScriptedPeer.connect(server.address());
    peer.expect("connect").send(channel);
    peer.expect("linger").reply("+OK will linger");
    peer.expect("myevents").reply("+OK Events Enabled");
    peer.expect("event plain CHANNEL_EXECUTE_COMPLETE CUSTOM conference::maintenance")
        .reply("+OK event listener enabled plain");
    return peer;
  }

  @Test
  void theHandshakeCommandsAreSentInTheRequiredOrder() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
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
  void aPeerThatSendsNoChannelDataIsDisconnected() throws Exception {
    EslServerOptions impatient =
        PatientOptions.server().handshakeTimeout(Duration.ofMillis(50)).build();
    try (EslServer other = new EslServer(impatient, this::take).start();
        ScriptedPeer peer = ScriptedPeer.connect(other.address())) {
      while (!peer.command().isEmpty()) {
        // Skip the commands that the server sent before its timeout.
      }
      assertThat(peer.isClosed()).isTrue();
      assertThat(calls).isEmpty();
    }
  }

  private EslCallListener take(EslCall call) {
    calls.add(call);
    return this;
  }

  @Test
  void theEndIsReportedOnceAndTheConnectionIsClosed() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event("Event-Name: CHANNEL_HANGUP\nHangup-Cause: USER_BUSY\n");
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      peer.expect("exit").reply("+OK bye");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE");
      assertThat(next()).isEqualTo("ended USER_BUSY");
      assertThat(peer.isClosed()).isTrue();
    }
    assertThat(received).isEmpty();
  }

  @Test
  void theDisconnectNoticeMayArriveBeforeTheLastEvent() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event("Event-Name: CHANNEL_HANGUP\nHangup-Cause: NORMAL_CLEARING\n");
      peer.send(
          "Content-Type: text/disconnect-notice\n"
              + "Content-Disposition: linger\n"
              + "Content-Length: 0\n\n");
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: NORMAL_CLEARING\n");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE");
      assertThat(next()).isEqualTo("ended NORMAL_CLEARING");
    }
  }

  @Test
  void theEndIsReportedEvenIfTheLastEventsAreMissing() throws Exception {
    try (ScriptedPeer peer = call()) {
      assertThat(Eventually.next("the next call", calls)).isNotNull();
      peer.send("Content-Type: text/disconnect-notice\nContent-Length: 0\n\n");
      assertThat(next()).isEqualTo("ended ?");
    }
  }

  private static final String SOCKET_ENDS =
      "Event-Name: CHANNEL_EXECUTE_COMPLETE\nApplication: socket\nAnswer-State: answered\n";

  @Test
  void aHangupThatArrivesAfterTheEndOfTheSocketDecides() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event(SOCKET_ENDS + "Channel-State-Number: 4\n");
      peer.event("Event-Name: CHANNEL_HANGUP\nHangup-Cause: USER_BUSY\n");
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      assertThat(next()).isEqualTo("CHANNEL_EXECUTE_COMPLETE");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE");
      assertThat(next()).isEqualTo("ended USER_BUSY");
    }
  }

  @Test
  void aHangupThatArrivesBeforeTheEndOfTheSocketDecides() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event("Event-Name: CHANNEL_HANGUP\nHangup-Cause: USER_BUSY\n");
      peer.event(SOCKET_ENDS + "Channel-State-Number: 2\n");
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP");
      assertThat(next()).isEqualTo("CHANNEL_EXECUTE_COMPLETE");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE");
      assertThat(next()).isEqualTo("ended USER_BUSY");
    }
  }

  @Test
  void aChannelThatIsRoutedAgainHasBeenTransferred() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event(SOCKET_ENDS + "Channel-State-Number: 2\n");
      assertThat(next()).isEqualTo("CHANNEL_EXECUTE_COMPLETE");
      assertThat(next()).isEqualTo("ended ? transferred");
      peer.expect("exit").reply("+OK bye");
    }
  }

  @Test
  void aChannelWithANewSourceOfTransferHasBeenTransferred() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event(
          SOCKET_ENDS
              + "Channel-State-Number: 4\nCaller-Transfer-Source: 1%3Ax%3Abl_xfer%3Apark\n");
      assertThat(next()).isEqualTo("CHANNEL_EXECUTE_COMPLETE");
      assertThat(next()).isEqualTo("ended ? transferred");
    }
  }

  @Test
  void aChannelThatWasTransferredBeforeTheHandoverMayHangUp() throws Exception {
    String source = "Caller-Transfer-Source: 1%3Ax%3Abl_xfer%3Apark\n";
    try (ScriptedPeer peer = call(CHANNEL.replace("Content-Type:", source + "Content-Type:"))) {
      peer.event(SOCKET_ENDS + "Channel-State-Number: 4\n" + source);
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      assertThat(next()).isEqualTo("CHANNEL_EXECUTE_COMPLETE");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE");
      assertThat(next()).isEqualTo("ended USER_BUSY");
    }
  }

  @Test
  void aChannelThatNobodyHangsUpAfterTheEndOfTheSocketHasBeenTransferred() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event(SOCKET_ENDS + "Channel-State-Number: 4\n");
      assertThat(next()).isEqualTo("CHANNEL_EXECUTE_COMPLETE");
      assertThat(next()).isEqualTo("ended ? transferred");
    }
  }

  @Test
  void aDroppedConnectionIsReportedAsALostCall() throws Exception {
    try (ScriptedPeer peer = call()) {
      assertThat(Eventually.next("the next call", calls)).isNotNull();
    }
    assertThat(next()).isEqualTo("ended ? lost");
  }

  @Test
  void applicationsBeyondTheLimitAreRefused() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
      for (int i = 0; i < EslCall.MAX_UNFINISHED; i++) {
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
  void aSocketApplicationWithoutFullIsRefused() throws Exception {
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
  void closingWaitsForCallsAndThenDisconnectsThem() throws Exception {
    try (ScriptedPeer peer = call()) {
      assertThat(Eventually.next("the next call", calls)).isNotNull();
      assertThat(server.close(Duration.ofMillis(100))).isFalse();
      assertThat(peer.isClosed()).isTrue();
    }
  }

  @Test
  void aServerThatStopsListeningKeepsItsCalls() throws Exception {
    try (ScriptedPeer peer = call()) {
      assertThat(Eventually.next("the next call", calls)).isNotNull();
      InetSocketAddress address = server.address();

      server.stopListening();

      Eventually.holds("connections are refused", () -> isRefused(address), address::toString);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.awaitCalls(Duration.ZERO)).isFalse();
    }
    assertThat(server.awaitCalls(Eventually.LIMIT)).isTrue();
  }

  private static boolean isRefused(InetSocketAddress address) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  private static String id(String command) {
    String rest = command.substring(command.indexOf("Event-UUID: ") + "Event-UUID: ".length());
    return rest.substring(0, rest.indexOf('\n'));
  }

  @Test
  void runReturnsTheEventAtTheEndOfTheApplication() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
      CompletableFuture<EslEvent> end =
          CompletableFuture.supplyAsync(() -> call.run("playback", "hello.wav", Eventually.LIMIT));
      String command = peer.command();
      assertThat(command).contains("execute-app-name: playback", "execute-app-arg: hello.wav");
      peer.reply("+OK")
          .event("Event-Name: CHANNEL_EXECUTE_COMPLETE\nApplication-UUID: another\n")
          .event(
              "Event-Name: CHANNEL_EXECUTE_COMPLETE\nApplication-UUID: %s\nApplication-Response: FILE%%20PLAYED\n"
                  .formatted(id(command)));
      assertThat(Eventually.result("the result", end).header("Application-Response"))
          .hasValue("FILE PLAYED");
    }
  }

  @Test
  void runFailsWhenTheCallerHangsUp() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
      CompletableFuture<EslEvent> end =
          CompletableFuture.supplyAsync(() -> call.run("playback", "hello.wav", Eventually.LIMIT));
      assertThat(peer.command()).contains("playback");
      peer.reply("+OK").event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      assertThatThrownBy(() -> Eventually.result("the result", end))
          .hasCauseInstanceOf(EslClosedException.class);
      assertThatThrownBy(() -> call.run("playback", "hello.wav", Eventually.LIMIT))
          .isInstanceOf(EslClosedException.class);
    }
  }

  @Test
  void runTimesOutIfTheApplicationTakesTooLong() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
      assertThatThrownBy(() -> call.run("sleep", "60000", Duration.ofMillis(30)))
          .isInstanceOf(EslTimeoutException.class);
      assertThat(peer.command()).contains("sleep");
    }
  }

  @Test
  void aScriptRunsForEachCallAndHangsUpAtItsEnd() throws Exception {
    try (EslServer scripted =
        new EslServer(
                PatientOptions.server().build(),
                EslCallHandler.script(call -> {
                  call.run("answer", "", Eventually.LIMIT);
                  if (!call.channelData()
                      .header("Caller-Destination-Number")
                      .equals(Optional.of("5000"))) {
                    throw new IllegalStateException("unexpected number");
                  }
                }))
            .start()) {
      ScriptedPeer peer = ScriptedPeer.connect(scripted.address());
      try (peer) {
        peer.expect("connect").send(CHANNEL);
        peer.expect("linger").reply("+OK will linger");
        peer.expect("myevents").reply("+OK Events Enabled");
        peer.expect("event plain CHANNEL_EXECUTE_COMPLETE").reply("+OK");
        String answer = peer.command();
        peer.reply("+OK")
            .event(
                "Event-Name: CHANNEL_EXECUTE_COMPLETE\nApplication-UUID: %s\n"
                    .formatted(id(answer)));
        peer.expect("api uuid_kill call-1 NORMAL_CLEARING");
      }
    }
  }

  @Test
  void aFailingScriptHangsUp() throws Exception {
    try (EslServer scripted =
        new EslServer(
                PatientOptions.server().build(),
                EslCallHandler.script(call -> {
                  throw new IllegalStateException("thrown on purpose by this test");
                }))
            .start()) {
      try (ScriptedPeer peer = ScriptedPeer.connect(scripted.address())) {
        peer.expect("connect").send(CHANNEL);
        peer.expect("linger").reply("+OK will linger");
        peer.expect("myevents").reply("+OK Events Enabled");
        peer.expect("event plain CHANNEL_EXECUTE_COMPLETE").reply("+OK");
        peer.expect("api uuid_kill call-1 NORMAL_TEMPORARY_FAILURE");
      }
    }
  }

  @Test
  void aFailingHandlerHangsUp() throws Exception {
    try (EslServer failing =
        new EslServer(
                PatientOptions.server().build(),
                call -> {
                  throw new IllegalStateException("thrown on purpose by this test");
                })
            .start()) {
      try (ScriptedPeer peer = ScriptedPeer.connect(failing.address())) {
        peer.expect("connect").send(CHANNEL);
        peer.expect("linger").reply("+OK will linger");
        peer.expect("myevents").reply("+OK Events Enabled");
        peer.expect("event plain CHANNEL_EXECUTE_COMPLETE").reply("+OK");
        peer.expect("api uuid_kill call-1 NORMAL_TEMPORARY_FAILURE");
      }
    }
  }

  @Test
  void aConnectionIsClosedEvenIfFreeSwitchDoesNotAnswerExit() throws Exception {
    try (ScriptedPeer peer = call()) {
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      peer.expect("exit");
      assertThat(peer.isClosed()).isTrue();
    }
  }

  @Test
  void applicationsAfterTheEndAreAlwaysRefused() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE");
      assertThat(next()).isEqualTo("ended USER_BUSY");
      for (int i = 0; i < EslCall.MAX_UNFINISHED + 10; i++) {
        assertThatThrownBy(() -> call.run("playback", "a.wav", Eventually.LIMIT))
            .isInstanceOf(EslClosedException.class);
      }
    }
  }

  @Test
  void runAsyncReportsTheEndATimeoutOrAHangup() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
      CompletableFuture<EslEvent> played = call.runAsync("playback", "hello.wav", Eventually.LIMIT);
      CompletableFuture<EslEvent> late = call.runAsync("sleep", "60000", Duration.ofMillis(30));
      CompletableFuture<EslEvent> cut = call.runAsync("echo", "", Eventually.LIMIT);
      CompletableFuture<Boolean> onTheEventLoop =
          played.thenApply(end -> Thread.currentThread().getName().startsWith("esl-calls"));
      String playback = peer.command();
      peer.reply("+OK")
          .event(
              "Event-Name: CHANNEL_EXECUTE_COMPLETE\nApplication-UUID: %s\n"
                  .formatted(id(playback)));
      assertThat(Eventually.result("the result", played).name())
          .isEqualTo("CHANNEL_EXECUTE_COMPLETE");
      assertThat(Eventually.result("the result", onTheEventLoop)).isFalse();
      assertThatThrownBy(() -> Eventually.result("the result", late))
          .hasCauseInstanceOf(EslTimeoutException.class);
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      assertThatThrownBy(() -> Eventually.result("the result", cut))
          .hasCauseInstanceOf(EslClosedException.class);
    }
  }

  @Test
  void apiAsyncReturnsTheOutput() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
      CompletableFuture<String> answer = call.apiAsync("status", "", Eventually.LIMIT);
      peer.expect("api status").api("UP");
      assertThat(Eventually.result("the result", answer)).isEqualTo("UP");
    }
  }

  @Test
  void aSocketApplicationWithoutAsyncIsRefused() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.connect(server.address())) {
      peer.expect("connect")
          .send(CHANNEL.replace("Content-Type:", "Socket-Mode: static\nContent-Type:"));
      peer.expect("linger").expect("myevents");
      assertThat(peer.command()).startsWith("event");
      assertThat(peer.isClosed()).isTrue();
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void aCallIsLostIfFreeSwitchStopsAnswering() throws Exception {
    try (EslServer impatient =
        new EslServer(
                PatientOptions.server()
                    .idleTimeout(Duration.ofMillis(50))
                    .answerTimeout(Duration.ofMillis(50))
                    .build(),
                call -> {
                  calls.add(call);
                  return this;
                })
            .start()) {
      try (ScriptedPeer peer = ScriptedPeer.connect(impatient.address())) {
        peer.expect("connect").send(CHANNEL);
        peer.expect("linger").reply("+OK will linger");
        peer.expect("myevents").reply("+OK Events Enabled");
        peer.expect("event plain CHANNEL_EXECUTE_COMPLETE").reply("+OK");
        peer.expect("noop");
        assertThat(Eventually.next("the next event", received)).isEqualTo("ended ? lost");
      }
    }
  }

  @Test
  void commandsAreRefusedIfThePeerDoesNotRead() throws Exception {
    try (ScriptedPeer peer = call()) {
      EslCall call = Eventually.next("the next call", calls);
      EslCommand large = new EslCommand.SendEvent("X", Map.of(), "x".repeat(8 << 20));
      CompletableFuture<?> last = CompletableFuture.completedFuture(null);
      for (int i = 0; i < 20; i++) {
        last = call.sendAsync(large, Eventually.LIMIT);
      }
      CompletableFuture<?> refused = last;
      assertThatThrownBy(() -> Eventually.result("the result", refused))
          .hasCauseInstanceOf(EslOverflowException.class);
      assertThat(peer.command()).startsWith("sendevent");
    }
  }

  @Test
  void aThousandCallsCanBeOpenAtOnce() throws Exception {
    List<ScriptedPeer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        peers.add(call(CHANNEL.replace("call-1", "call-" + i)));
      }
      assertThat(server.connections()).isEqualTo(1000);
      for (int i = 0; i < 1000; i++) {
        assertThat(Eventually.next("the next call", calls)).isNotNull();
      }
    } finally {
      for (ScriptedPeer peer : peers) {
        peer.close();
      }
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(next()).isEqualTo("ended ? lost");
    }
  }
}
