package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.stream.Sockets;
import dev.callflow.esl.EslCall;
import dev.callflow.esl.EslCallEnd;
import dev.callflow.esl.EslCallListener;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.esl.message.EslEvent;

/** Holds calls with the server of our library. */
final class OwnHoldingServer extends HoldingServer {

  private final EslServer server =
      new EslServer(EslServerOptions.builder(Sockets.local(0)).build(), this::take).start();

  private EslCallListener take(EslCall call) {
    held.incrementAndGet();
    return new EslCallListener() {
      @Override
      public void event(EslEvent event) {}

      @Override
      public void ended(EslCallEnd end) {
        ended.incrementAndGet();
      }
    };
  }

  @Override
  int port() {
    return server.address().getPort();
  }
}
