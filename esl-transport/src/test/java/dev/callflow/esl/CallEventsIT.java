package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scripts that read the events of their call, over real sockets. */
@Execution(ExecutionMode.CONCURRENT)
class CallEventsIT {

  private static final String CHANNEL =
      "Event-Name: CHANNEL_DATA\nUnique-ID: call-1\nContent-Type: command/reply\n\n";

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final RecordedMetrics metrics = new RecordedMetrics();
  private EslServer server;

  @AfterEach
  void stop() {
    go.countDown();
    server.close();
  }

  private ScriptedPeer call(Duration maxReadPause) throws IOException {
    server =
        new EslServer(
                EslServerOptions.builder(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .handshakeTimeout(Eventually.LIMIT)
                    .maxReadPause(maxReadPause)
                    .metrics(metrics)
                    .build(),
                EslCallHandler.script(this::read))
            .start();
    ScriptedPeer peer = ScriptedPeer.connect(server.address());
    peer.expect("connect").send(CHANNEL);
    peer.expect("linger").reply("+OK will linger");
    peer.expect("myevents").reply("+OK Events Enabled");
    return peer.expect("event plain CHANNEL_EXECUTE_COMPLETE");
  }

  private void read(EslCall call, EslCallEvents events) {
    Eventually.reached("the test lets the script continue", go);
    while (events.end().isEmpty()) {
      events
          .next(Eventually.LIMIT)
          .map(event -> event.name() + " " + event.header("N").orElse(""))
          .ifPresent(received::add);
    }
    EslCallEnd end = events.end().orElseThrow();
    received.add("ended " + end.cause().orElse("?") + (end.lost() ? " lost" : ""));
  }

  private String next() {
    return Eventually.next("the next event", received);
  }

  @Test
  void aScriptReadsAllEventsInOrderAndThenTheEnd() throws Exception {
    try (ScriptedPeer peer = call(Eventually.LIMIT)) {
      peer.events(0, 3).reply("+OK").events(3, 5);
      peer.event("Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: USER_BUSY\n");
      go.countDown();
      for (int i = 0; i < 5; i++) {
        assertThat(next()).isEqualTo("HEARTBEAT " + i);
      }
      assertThat(next()).isEqualTo("CHANNEL_HANGUP_COMPLETE ");
      assertThat(next()).isEqualTo("ended USER_BUSY");
    }
  }

  @Test
  void aSlowScriptPausesReadingAndCatchesUp() throws Exception {
    try (ScriptedPeer peer = call(Duration.ofHours(1))) {
      peer.reply("+OK").events(0, 1_900);
      Eventually.holds(
          "reading is paused", () -> metrics.recorded().contains("paused"), metrics::recorded);
      go.countDown();
      for (int i = 0; i < 1_900; i++) {
        assertThat(next()).isEqualTo("HEARTBEAT " + i);
      }
    }
    assertThat(next()).isEqualTo("ended ? lost");
    assertThat(metrics.recorded()).doesNotContain("overflowed");
  }

  @Test
  void aScriptThatDoesNotReadLosesTheCall() throws Exception {
    try (ScriptedPeer peer = call(Duration.ofMillis(50))) {
      peer.reply("+OK").events(0, 1_000);
      while (!peer.command().isEmpty()) {
        // Skip the commands that arrive before the connection is closed.
      }
      assertThat(peer.isClosed()).isTrue();
      go.countDown();
      for (int i = 0; i < 1_000; i++) {
        assertThat(next()).isEqualTo("HEARTBEAT " + i);
      }
      assertThat(next()).isEqualTo("ended ? lost");
    }
    assertThat(metrics.recorded()).contains("overflowed");
  }
}
