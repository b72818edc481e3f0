package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that the simulator can handle as many simultaneous calls as a load test needs. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ManyCallsIT {

  /**
   * The number of calls. {@code .ci/run} sets it to 5,000; one test then takes a minute on a busy
   * machine.
   */
  private static final int CALLS = Integer.getInteger("callflow.calls", 500);

  @Test
  void manyCallsAreInRoomsAtOnce() throws Exception {
    try (SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().start()) {
      List<SimulatedCaller> callers = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        callers.add(freeSwitch.call("" + i, "Caller", "conference:room" + i % 100));
      }

      assertThat(freeSwitch.rooms()).hasSize(100).allMatch(room -> room.size() == CALLS / 100);
      callers.forEach(SimulatedCaller::hangUp);
      assertThat(freeSwitch.rooms()).isEmpty();
      assertThat(freeSwitch.model().channels()).isEmpty();
    }
  }

  @Test
  void anApplicationAnswersManyCallsAndReceivesTheirHangupEvents() throws Exception {
    CountDownLatch answered = new CountDownLatch(CALLS);
    CountDownLatch ended = new CountDownLatch(CALLS);
    try (ServerSocket application = new ServerSocket(0, 10_000, InetAddress.getLoopbackAddress());
        SimulatedFreeSwitch freeSwitch =
            SimulatedFreeSwitch.builder()
                .application(
                    new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), application.getLocalPort()))
                .start()) {
      Thread.ofVirtual().start(() -> accept(application, answered, ended));
      for (int i = 0; i < CALLS; i++) {
        freeSwitch.call("" + i, "Caller", "2000");
      }

      Eventually.reached("all calls are answered", answered);
      assertThat(freeSwitch.model().channels()).hasSize(CALLS);
      freeSwitch
          .model()
          .channels()
          .forEach(it ->
              freeSwitch.model().hangUp(it.uuid(), EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
      Eventually.reached("all calls have ended", ended);
    }
  }

  private static void accept(
      ServerSocket application, CountDownLatch answered, CountDownLatch ended) {
    try {
      for (int i = 0; i < CALLS; i++) {
        Socket call = application.accept();
        Thread.ofVirtual().start(() -> hold(call, answered, ended));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hold(Socket socket, CountDownLatch answered, CountDownLatch ended) {
    try (socket) {
      socket
          .getOutputStream()
          .write(
              "connect\n\nmyevents\n\nsendmsg\ncall-command: execute\nexecute-app-name: answer\n\n"
                  .getBytes(StandardCharsets.UTF_8));
      StringBuilder received = new StringBuilder();
      byte[] buffer = new byte[8192];
      boolean counted = false;
      for (int n = socket.getInputStream().read(buffer);
          n > 0;
          n = socket.getInputStream().read(buffer)) {
        received.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        if (!counted && received.indexOf("CHANNEL_ANSWER") >= 0) {
          counted = true;
          answered.countDown();
        }
      }
      if (received.indexOf("CHANNEL_HANGUP_COMPLETE") >= 0) {
        ended.countDown();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
