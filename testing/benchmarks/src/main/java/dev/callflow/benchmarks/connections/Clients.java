package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.process.Subject;
import dev.callflow.benchmarks.stream.Sockets;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps many clients of our library connected. Tasks: {@code open N} (connects N more clients) and
 * {@code memory}.
 */
final class Clients implements Subject {

  private final int port;
  private final List<EslClient> clients = new ArrayList<>();

  Clients(int port) {
    this.port = port;
  }

  @Override
  public Map<String, Double> round(List<String> task) {
    if (task.getFirst().equals("open")) {
      for (int i = Integer.parseInt(task.get(1)); i > 0; i--) {
        EslClient client =
            new EslClient(EslClientOptions.builder(Sockets.local(port)).password("ClueCon").build())
                .start();
        if (!client.awaitConnected(Duration.ofSeconds(30))) {
          throw new IllegalStateException("the client did not connect within 30 s");
        }
        clients.add(client);
      }
    }
    return HoldingServer.memory();
  }
}
