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

/** Event-socket clients and servers over in-memory connections, with exact times. */
class EslInVirtualTimeTests {

  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final VirtualTime time = new VirtualTime();
  private final VirtualNetwork network = new VirtualNetwork(time);
  private final List<String> notes = new CopyOnWriteArrayList<>();

  @AfterEach
  void endThreads() {
    time.close();
  }

  private void note(String text) {
    notes.add(time.elapsed().toMillis() + " ms: " + text);
  }

  private final class NotingListener implements EslClientListener {
    @Override
    public void connected(EslPeer peer) {
      note("connected");
    }

    @Override
    public void lost(EslException reason) {
      note(reason.getClass().getSimpleName());
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
        .listener(new NotingListener());
  }

  /** Runs a server that answers a client's first commands, up to the given number. */
  private void answer(Listener listener, int commands) {
    try (Connection connection = listener.accept()) {
      send(connection, "Content-Type: auth/request\n\n");
      byte[] buffer = new byte[4096];
      for (int answered = 0; ; answered++) {
        int length = connection.input().read(buffer);
        if (length < 0) {
          note("the client closed the connection");
          return;
        }
        String command = new String(buffer, 0, length, StandardCharsets.UTF_8);
        note(command.strip().split("\n")[0]);
        if (answered < commands) {
          send(
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

  private static void send(Connection connection, String text) throws IOException {
    connection.output().write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void logsInAndSubscribesInNoTime() throws Exception {
    Listener listener = network.listen(ANYWHERE);
    time.start("server", () -> answer(listener, 100));
    new EslClient(client(listener.address()).build()).start();

    time.run(Duration.ofSeconds(1));

    assertThat(notes)
        .containsExactly(
            "0 ms: auth ClueCon",
            "0 ms: api global_getvar core_uuid",
            "0 ms: api version",
            "0 ms: api hostname",
            "0 ms: event plain BACKGROUND_JOB",
            "0 ms: connected");
  }

  @Test
  void probesASilentServerAndDisconnectsAfterFiveSeconds() throws Exception {
    Listener listener = network.listen(ANYWHERE);
    time.start("server", () -> answer(listener, 5));
    new EslClient(client(listener.address()).build()).start();

    time.run(Duration.ofMinutes(1));

    assertThat(notes.subList(5, notes.size()))
        .containsExactly(
            "0 ms: connected",
            "45000 ms: noop",
            "50000 ms: the client closed the connection",
            "50000 ms: EslTimeoutException");
  }

  /** FreeSWITCH sends nothing on a connection while an {@code api} command runs. */
  @Test
  void doesNotMistakeALongCommandForSilence() throws Exception {
    SimulatedFreeSwitch freeSwitch =
        SimulatedFreeSwitch.builder().time(time).network(network).start();
    EslClient client = new EslClient(client(freeSwitch.esl()).build()).start();
    time.start(
        "client",
        () -> {
          assertThat(client.awaitConnected(Duration.ofSeconds(1))).isTrue();
          note(client.api("msleep", "200000", Duration.ofHours(1)).strip());
        });

    time.run(Duration.ofMinutes(4));

    assertThat(notes).containsExactly("0 ms: connected", "200000 ms: +OK");
  }

  @Test
  void pausesBetweenConnectionAttemptsGrowToTenSeconds() throws Exception {
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
  void doesNotConnectIfNothingListens() throws Exception {
    EslClient client =
        new EslClient(client(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)).build());
    time.start(
        "client", () -> note("connected: " + client.start().awaitConnected(Duration.ofSeconds(7))));

    time.run(Duration.ofMinutes(1));

    assertThat(notes).containsExactly("7000 ms: connected: false");
  }

  @Test
  void receivesACallAndItsEnd() throws Exception {
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

    assertThat(notes)
        .containsExactly(
            "0 ms: call from 1001", "2000 ms: playback is over", "2000 ms: ended NORMAL_CLEARING");
  }

  private EslCallListener take(EslCall call) {
    note("call from " + call.channelData().header("Caller-Caller-ID-Number").orElse("?"));
    network
        .runtime()
        .start(
            "script",
            () -> {
              call.run("playback", "hello.wav", Duration.ofMinutes(1));
              note("playback is over");
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
