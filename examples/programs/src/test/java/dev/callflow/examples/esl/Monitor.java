package dev.callflow.examples.esl;

import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.EslPeer;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Stays connected and reports when it may have missed events. */
final class Monitor implements EslClientListener {

  static EslClient start(int port) {
    return new EslClient(
            EslClientOptions.builder(new InetSocketAddress("127.0.0.1", port))
                .password("ClueCon")
                .events(List.of("CHANNEL_CREATE", "CHANNEL_DESTROY"), List.of())
                .idleTimeout(Duration.ofSeconds(20))
                .listener(new Monitor())
                .build())
        .start();
  }

  @Override
  public void connected(EslPeer peer) {
    System.out.println("connected to " + peer.hostname());
  }

  @Override
  public void lost(EslException cause) {
    System.out.println("connection lost: events are missed until the client has reconnected");
  }

  @Override
  public void restarted(EslPeer peer) {
    System.out.println("restarted: all earlier calls have ended");
  }

  @Override
  public void event(EslEvent event) {
    System.out.println(event.name() + " " + event.header("Channel-Name").orElse(""));
  }
}
