package dev.callflow.benchmarks.roundtrip;

import dev.callflow.benchmarks.stream.Sockets;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.message.EslCommand;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Sends commands with the client of our library. */
final class OwnCommandSender extends CommandSender {

  private static final EslCommand PING = new EslCommand.Noop();

  private final EslClient client;

  OwnCommandSender(int port) {
    client =
        new EslClient(EslClientOptions.builder(Sockets.local(port)).password("ClueCon").build())
            .start();
    if (!client.awaitConnected(Duration.ofSeconds(30))) {
      throw new IllegalStateException("the client did not connect within 30 s");
    }
  }

  @Override
  void send() {
    client.send(PING);
  }

  @Override
  void send(Semaphore permits) {
    client.sendAsync(PING).whenComplete((reply, failure) -> permits.release());
  }

  @Override
  void flow(int eventsPerSecond) {
    client.api("flow", String.valueOf(eventsPerSecond), Duration.ofSeconds(5));
  }
}
