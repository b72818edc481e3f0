package dev.callflow.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.EslCall;
import dev.callflow.esl.EslCallEnd;
import dev.callflow.esl.EslCallListener;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.EslPeer;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.simulator.network.Connection;
import dev.callflow.simulator.network.Listener;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event-socket clients and servers over connections in memory: every instant is exact. */
class EslInVirtualTimeTests {

  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final VirtualTime time = new VirtualTime();
  private final VirtualNetwork network = new VirtualNetwork(time);
  private final List<String> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void endThreads() {
    time.close();
  }

  private void note(String what) {
    told.add(time.elapsed().toMillis() + " ms: " + what);
  }

  private final class Teller implements EslClientListener {
    @Override
    public void connected(EslPeer peer) {
      note("connected");
    }

    @Override
    public void lost(EslException why) {
      note(why.getClass().getSimpleName());
    }

    @Override
    public void event(EslEvent event) {
      note(event.name());
    }
  }

  private EslClientOptions.Builder client(InetSocketAddress address) {
    return EslClientOptions.builder(address)
        .runtime(network.runtime())
        .password("ClueCon")
        .listener(new Teller());
  }

  /** A server that answers every command of a client until it falls silent. */
  private void answer(Listener listener, int commands) {
    try (Connection connection = listener.accept()) {
      say(connection, "Content-Type: auth/request\n\n");
      byte[] buffer = new byte[4096];
      for (int answered = 0; ; answered++) {
        int length = connection.input().read(buffer);
        if (length < 0) {
          note("the client has closed");
          return;
        }
        String command = new String(buffer, 0, length, StandardCharsets.UTF_8);
        note(command.strip().split("\n")[0]);
        if (answered < commands) {
          say(
              connection,
              command.startsWith("api")
                  ? "Content-Type: api/response\nContent-Length: 2\n\nok"
                  : "Content-Type: command/reply\nReply-Text: +OK\n\n");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(Connection connection, String text) throws IOException {
    connection.output().write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void logsInAndSubscribesInNoTime() throws Exception {
    Listener listener = network.listen(ANYWHERE);
    time.start("server", () -> answer(listener, 100));
    new EslClient(client(listener.address()).build()).start();

    time.run(Duration.ofSeconds(1));

    assertThat(told)
        .containsExactly(
            "0 ms: auth ClueCon",
            "0 ms: api global_getvar core_uuid",
            "0 ms: api version",
            "0 ms: api hostname",
            "0 ms: event plain BACKGROUND_JOB",
            "0 ms: connected");
  }

  @Test
  void asksASilentServerAfterHalfAMinuteAndGivesItFiveSeconds() throws Exception {
    Listener listener = network.listen(ANYWHERE);
    time.start("server", () -> answer(listener, 5));
    new EslClient(client(listener.address()).build()).start();

    time.run(Duration.ofMinutes(1));

    assertThat(told.subList(5, told.size()))
        .containsExactly(
            "0 ms: connected",
            "45000 ms: noop",
            "50000 ms: the client has closed",
            "50000 ms: EslTimeoutException");
  }

  /** FreeSWITCH does nothing else on a connection while an {@code api} runs. */
  @Test
  void doesNotTakeALongCommandForSilenceUntilItsAnswerHasCome() throws Exception {
    SimulatedFreeSwitch freeSwitch =
        SimulatedFreeSwitch.builder().time(time).network(network).start();
    EslClient client = new EslClient(client(freeSwitch.esl()).build()).start();
    time.start(
        "asks",
        () -> {
          assertThat(client.awaitConnected(Duration.ofSeconds(1))).isTrue();
          note(client.api("msleep", "200000", Duration.ofHours(1)).strip());
        });

    time.run(Duration.ofMinutes(4));

    assertThat(told).containsExactly("0 ms: connected", "200000 ms: +OK");
  }

  @Test
  void pausesBetweenAttemptsGrowToTenSeconds() throws Exception {
    Listener listener = network.listen(ANYWHERE);
    List<Duration> attempts = new ArrayList<>();
    time.start(
        "server",
        () -> {
          try {
            while (true) {
              Connection refused = listener.accept();
              attempts.add(time.elapsed());
              refused.close();
            }
          } catch (IOException e) {
            note("closed");
          }
        });
    new EslClient(client(listener.address()).build()).start();

    time.run(Duration.ofMinutes(5));

    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < attempts.size(); i++) {
      pauses.add(attempts.get(i).minus(attempts.get(i - 1)));
    }
    assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
    assertThat(pauses.get(2)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
    assertThat(pauses.subList(6, pauses.size()))
        .allMatch(pause -> pause.compareTo(Duration.ofSeconds(5)) >= 0)
        .allMatch(pause -> pause.compareTo(Duration.ofSeconds(10)) <= 0)
        .hasSizeGreaterThan(20);
  }

  @Test
  void nobodyListeningIsNoConnection() throws Exception {
    EslClient client =
        new EslClient(client(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)).build());
    time.start(
        "asks", () -> note("connected: " + client.start().awaitConnected(Duration.ofSeconds(7))));

    time.run(Duration.ofMinutes(1));

    assertThat(told).containsExactly("7000 ms: connected: false");
  }

  @Test
  void takesACallAndItsEnd() throws Exception {
    EslServer server =
        new EslServer(
            EslServerOptions.builder(ANYWHERE).runtime(network.runtime()).build(), this::take);
    SimulatedFreeSwitch freeSwitch =
        SimulatedFreeSwitch.builder().time(time).network(network).start();
    time.start(
        "host",
        () -> {
          server.start();
          freeSwitch.handCallsTo(server.address());
          freeSwitch.call("1001", "Alice", "2000");
        });

    time.run(Duration.ofMinutes(1));

    assertThat(told)
        .containsExactly(
            "0 ms: call from 1001", "2000 ms: has heard it", "2000 ms: ended NORMAL_CLEARING");
  }

  private EslCallListener take(EslCall call) {
    note("call from " + call.channelData().header("Caller-Caller-ID-Number").orElse("?"));
    network
        .runtime()
        .start(
            "script",
            () -> {
              call.run("playback", "hello.wav", Duration.ofMinutes(1));
              note("has heard it");
              call.hangup("NORMAL_CLEARING");
            });
    return new EslCallListener() {
      @Override
      public void event(EslEvent event) {}

      @Override
      public void ended(EslCallEnd end) {
        note("ended " + end.cause().orElse("?"));
      }
    };
  }
}
