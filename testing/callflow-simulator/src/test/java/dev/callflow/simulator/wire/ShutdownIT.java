package dev.callflow.simulator.wire;

import static dev.callflow.simulator.wire.RawClient.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.simulator.model.FarEnd;
import dev.callflow.waiting.Eventually;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The shutdown of a switch, as recorded from FreeSWITCH 1.11.3. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ShutdownIT {

  private static final String NOTICE = "The system is being shut down.\n";

  private ServerSocket application;
  private SimulatedFreeSwitch freeSwitch;

  @BeforeEach
  void start() throws Exception {
    application = RawClient.application();
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .application(new InetSocketAddress("127.0.0.1", application.getLocalPort()))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    freeSwitch.close();
    application.close();
  }

  private RawClient inRoom(String... first) throws Exception {
    freeSwitch.call("1001", "Alice", "3000");
    RawClient client = new RawClient(application.accept());
    client.ask("connect");
    for (String command : first) {
      client.ask(command);
    }
    client.ask("myevents");
    client.send(execute("conference", "room@default"));
    client.until("CHANNEL_ANSWER");
    return client;
  }

  private void awaitDown() {
    Eventually.holds("the switch is down", freeSwitch::isDown);
  }

  @Test
  void theSwitchAnnouncesTheShutdownHangsUpAndNotifiesItsClients() throws Exception {
    try (RawClient watcher = RawClient.of(freeSwitch);
        RawClient alice = inRoom()) {
      watcher.ask("event plain SHUTDOWN CHANNEL_HANGUP CUSTOM conference::maintenance");
      assertThat(watcher.api("fsctl shutdown")).isEqualTo("+OK\n");

      RawClient.Frame shutdown = watcher.until("SHUTDOWN");
      assertThat(shutdown.header("Event-Info")).isEqualTo("System Shutting Down");
      assertThat(watcher.until("CHANNEL_HANGUP").header("Hangup-Cause"))
          .isEqualTo("SYSTEM_SHUTDOWN");
      watcher.until("CUSTOM conference-destroy");
      RawClient.Frame notice = watcher.next();
      assertThat(notice.head())
          .isEqualTo("Content-Type: text/disconnect-notice\nContent-Length: 31");
      assertThat(notice.body()).isEqualTo(NOTICE);
      assertThat(watcher.next()).isEqualTo(RawClient.Frame.CLOSED);
      assertThat(alice.until("CHANNEL_HANGUP").header("Hangup-Cause")).isEqualTo("SYSTEM_SHUTDOWN");
    }
    awaitDown();
    assertThat(freeSwitch.rooms()).isEmpty();
    assertThatThrownBy(() -> RawClient.of(freeSwitch)).isInstanceOf(ConnectException.class);
  }

  @Test
  void aLingeringConnectionGetsTwoNotices() throws Exception {
    try (RawClient alice = inRoom("linger")) {
      freeSwitch.shutDown();

      RawClient.Frame frame = alice.next();
      while (frame.header("Content-Disposition").isEmpty()) {
        frame = alice.next();
      }
      assertThat(frame.header("Content-Disposition")).isEqualTo("linger");
      while (!frame.header("Content-Disposition").equals("disconnect")) {
        frame = alice.next();
      }
      assertThat(frame.body()).isEqualTo(NOTICE);
      assertThat(alice.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void aConnectionThatDoesNotLingerGetsTheOrdinaryNotice() throws Exception {
    try (RawClient alice = inRoom()) {
      freeSwitch.shutDown();

      RawClient.Frame frame = alice.next();
      while (frame.header("Content-Disposition").isEmpty()) {
        frame = alice.next();
      }
      assertThat(frame.body()).startsWith("Disconnected, goodbye.\n");
      assertThat(alice.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void newCallsAreRefusedDuringAShutdown() {
    freeSwitch.callee("sip:bob@example.com", new FarEnd.Answers(Duration.ZERO));
    freeSwitch.shutDown();

    assertThat(freeSwitch.call("1001", "Alice", "park").cause())
        .hasValue("NORMAL_TEMPORARY_FAILURE");
    assertThat(freeSwitch.api("originate sofia/internal/sip:bob@example.com &park()"))
        .isEqualTo("-ERR DESTINATION_OUT_OF_ORDER\n");
  }

  @Test
  void aSwitchStartsAgainAtTheSameAddressWithAnotherCoreUuid() throws Exception {
    String before = freeSwitch.api("global_getvar core_uuid");
    freeSwitch.shutDown();
    awaitDown();

    freeSwitch.startUp();

    assertThat(freeSwitch.isDown()).isFalse();
    try (RawClient client = RawClient.of(freeSwitch)) {
      assertThat(client.api("global_getvar core_uuid")).isNotEqualTo(before);
    }
    assertThat(freeSwitch.call("1001", "Alice", "park").cause()).isEmpty();
  }

  @Test
  void anElegantShutdownWaitsForTheLastCall() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "park");
    try (RawClient client = RawClient.of(freeSwitch);
        RawClient watcher = RawClient.of(freeSwitch)) {
      watcher.ask("event plain SHUTDOWN_REQUESTED SHUTDOWN");
      client.send("api fsctl shutdown elegant");
      assertThat(watcher.next().header("Event-Info")).isEqualTo("elegant");
      assertThat(freeSwitch.isDown()).isFalse();

      alice.hangUp();

      assertThat(client.next().body()).isEqualTo("+OK\n");
      assertThat(watcher.next().header("Event-Info")).isEqualTo("System Shutting Down");
      assertThat(alice.cause()).hasValue("NORMAL_CLEARING");
    }
    awaitDown();
  }

  @Test
  void aWaitingShutdownCanBeCancelled() throws Exception {
    freeSwitch.call("1001", "Alice", "park");
    try (RawClient client = RawClient.of(freeSwitch);
        RawClient watcher = RawClient.of(freeSwitch)) {
      watcher.ask("event plain SHUTDOWN_REQUESTED");
      client.send("api fsctl shutdown asap");
      watcher.next();
      assertThat(freeSwitch.call("1002", "Bob", "park").cause()).isPresent();

      assertThat(freeSwitch.api("fsctl shutdown cancel")).isEqualTo("+OK\n");

      assertThat(client.next().body()).isEqualTo("+OK\n");
      assertThat(freeSwitch.call("1002", "Bob", "park").cause()).isEmpty();
    }
  }

  @Test
  void anImmediateShutdownDropsConnectionsWithoutANotice() throws Exception {
    try (RawClient client = RawClient.of(freeSwitch)) {
      client.send("api fsctl shutdown now");

      assertThat(client.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
    assertThat(freeSwitch.isDown()).isTrue();
  }

  @Test
  void aManagerRequestHangsUpEverythingAndKeepsTheConnections() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "park");
    try (RawClient client = RawClient.of(freeSwitch)) {
      assertThat(client.api("fsctl hupall")).isEqualTo("+OK\n");
      assertThat(client.api("version short")).isEqualTo("1.11.3\n");
    }
    assertThat(alice.cause()).hasValue("MANAGER_REQUEST");
  }

  @Test
  void theReportedVersionCanBeSet() throws Exception {
    try (SimulatedFreeSwitch older = SimulatedFreeSwitch.builder().version("1.10.12").start()) {
      assertThat(older.api("version short")).isEqualTo("1.10.12\n");
      assertThat(older.api("version")).startsWith("FreeSWITCH Version 1.10.12");
      assertThat(older.api("status")).contains("FreeSWITCH (Version 1.10.12");
    }
  }
}
