package dev.callflow.simulator.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** The network of real sockets. */
@Timeout(300)
class TcpNetworkIT {

  @RepeatedTest(20)
  void aClosedListenerRefusesConnectionsAtOnce() throws Exception {
    Listener listener = TcpNetwork.INSTANCE.listen(new InetSocketAddress("127.0.0.1", 0));
    InetSocketAddress address = listener.address();
    Thread accepting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  listener.accept().close();
                }
              } catch (IOException e) {
                // The listener was closed.
              }
            });
    TcpNetwork.INSTANCE.connect(address).close();

    listener.close();

    assertThatThrownBy(() -> TcpNetwork.INSTANCE.connect(address))
        .isInstanceOf(ConnectException.class);
    accepting.join();
  }
}
