package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.error.EslProtocolException;
import dev.callflow.esl.error.EslTimeoutException;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EslClientIT implements EslClientListener {

  private static final Duration LONG = Eventually.LIMIT;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private volatile EslException lost;
  private ServerSocket server;
  private EslClient client;
  private final RecordedMetrics metrics = new RecordedMetrics();

  @BeforeEach
  void start() throws IOException {
    server = ScriptedPeer.listen();
    client =
        new EslClient(
                PatientOptions.client(server.getLocalSocketAddress())
                    .events(List.of("HEARTBEAT"), List.of())
                    .metrics(metrics)
                    .listener(this)
                    .build())
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Override
  public void connected(EslPeer peer) {
    received.add("connected " + peer.coreUuid());
  }

  @Override
  public void lost(EslException reason) {
    lost = reason;
    received.add("lost");
  }

  @Override
  public void restarted(EslPeer peer) {
    received.add("restarted " + peer.coreUuid());
  }

  @Override
  public void event(EslEvent event) {
    received.add(event.name() + " " + event.header("N").orElse(""));
  }

  private String next() throws InterruptedException {
    return Eventually.next("the next event", received);
  }

  @Test
  void eventsArriveInOrderAfterTheConnectedCallback() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      peer.event("Event-Name: HEARTBEAT\nN: 1\n").event("Event-Name: HEARTBEAT\nN: 2\n");
      assertThat(next()).isEqualTo("connected core-1");
      assertThat(next()).isEqualTo("HEARTBEAT 1");
      assertThat(next()).isEqualTo("HEARTBEAT 2");
    }
  }

  @Test
  void aRefusedApiCommandReturnsTheReplyText() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      CompletableFuture<String> answer = async(() -> client.api("shutdown", "", LONG));
      peer.expect("api shutdown").reply("-ERR permission denied");
      assertThat(Eventually.result("the result", answer)).isEqualTo("-ERR permission denied");
    }
  }

  @Test
  void aLateAnswerIsNotTakenForTheNextOne() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      assertThatThrownBy(() -> client.api("slow", "", Duration.ofMillis(50)))
          .isInstanceOf(EslTimeoutException.class);
      CompletableFuture<String> second = async(() -> client.api("fast", "", LONG));
      peer.expect("api slow").expect("api fast").api("late").api("in time");
      assertThat(Eventually.result("the result", second)).isEqualTo("in time");
    }
  }

  @Test
  void aJobResultMayArriveBeforeOrAfterItsReply() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      for (boolean before : new boolean[] {true, false}) {
        CompletableFuture<String> result = async(() -> client.bgapi("status", "", LONG));
        String command = peer.command();
        String job = command.substring(command.indexOf("Job-UUID: ") + "Job-UUID: ".length());
        String event = "Event-Name: BACKGROUND_JOB\nJob-UUID: " + job + "\nContent-Length: 2\n\nup";
        String frame =
            "Content-Length: " + event.length() + "\nContent-Type: text/event-plain\n\n" + event;
        if (before) {
          peer.send(frame).reply("+OK Job-UUID: " + job);
        } else {
          peer.reply("+OK Job-UUID: " + job).send(frame);
        }
        assertThat(Eventually.result("the result", result)).isEqualTo("up");
      }
    }
  }

  @Test
  void commandsInFlightFailOnALossAndTheClientReconnectsAndResubscribes() throws Exception {
    CompletableFuture<String> pending;
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      pending = async(() -> client.api("status", "", Duration.ofMinutes(5)));
      peer.expect("api status");
    }
    assertThatThrownBy(() -> Eventually.result("the result", pending))
        .hasCauseInstanceOf(EslClosedException.class);
    assertThat(next()).isEqualTo("connected core-1");
    assertThat(next()).isEqualTo("lost");
    assertThat(metrics.recorded()).doesNotContain("reconnected");
    try (ScriptedPeer again = ScriptedPeer.accept(server).logIn("core-2")) {
      assertThat(next()).isEqualTo("restarted core-2");
      assertThat(next()).isEqualTo("connected core-2");
      assertThat(metrics.recorded()).containsOnlyOnce("reconnected");
    }
  }

  @Test
  void commandsFailAtOnceWhileTheClientIsDisconnected() {
    assertThat(client.connected()).isFalse();
    assertThatThrownBy(() -> client.send(new EslCommand.Noop()))
        .isInstanceOf(EslClosedException.class);
  }

  @Test
  void aClientReconnectsAfterARefusedPassword() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
      peer.send("Content-Type: auth/request\n\n");
      peer.expect("auth secret").reply("-ERR invalid");
      assertThat(peer.isClosed()).isTrue();
    }
    try (ScriptedPeer again = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
    }
  }

  @Test
  void aClientWhoseAddressIsRefusedIsNotConnected() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
      peer.send(
          "Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n");
      assertThat(peer.isClosed()).isTrue();
      assertThat(client.connected()).isFalse();
    }
  }

  @Test
  void logLinesAndUnknownFramesDoNotDisplaceAnswers() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      CompletableFuture<String> answer = async(() -> client.api("status"));
      peer.expect("api status")
          .send("Content-Type: log/data\nContent-Length: 3\n\nhi\n")
          .send("Content-Type: text/new\nContent-Length: 1\n\nx")
          .api("up");
      assertThat(Eventually.result("the result", answer)).isEqualTo("up");
    }
  }

  @Test
  void aDisconnectNoticeInsideAnIncompleteEventIsALossNotAnEvent() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      peer.send("Content-Length: 500\nContent-Type: text/event-plain\n\nEvent-Name: HEART");
      peer.send("Content-Type: text/disconnect-notice\nContent-Length: 0\n\n");
    }
    assertThat(next()).startsWith("connected");
    assertThat(next()).startsWith("lost");
    assertThat(received).isEmpty();
  }

  @Test
  void invalidBytesAfterTheDisconnectNoticeAreAProtocolError() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      peer.send("Content-Type: text/disconnect-notice\nContent-Length: 0\n\n")
          .send("Content-Length: -1\n\n");
      assertThat(next()).startsWith("connected");
      assertThat(next()).isEqualTo("lost");
      assertThat(lost).isInstanceOf(EslProtocolException.class);
    }
  }

  @Test
  void malformedFramesCloseTheConnection() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      peer.send("Content-Type: api/response\nContent-Length: many\n\n");
      assertThat(next()).isEqualTo("connected core-1");
      assertThat(next()).isEqualTo("lost");
    }
  }

  private interface Request {
    String send();
  }

  private static CompletableFuture<String> async(Request request) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(request.send());
          } catch (EslException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }
}
