package dev.callflow.api.http;

import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Sends messages over a Jetty WebSocket. Uses Jetty's core session because the public API accepts
 * text only as strings. With byte arrays, all clients share an encoded event, and all waiting
 * messages of a client are sent in one write.
 */
record WebSocketTransport(Session session) implements Transport {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  @Override
  public void send(List<byte[]> messages, Runnable sent) {
    CoreSession core = ((WebSocketSession) session).getCoreSession();
    int last = messages.size() - 1;
    for (int i = 0; i < last; i++) {
      core.sendFrame(frame(messages.get(i)), org.eclipse.jetty.util.Callback.NOOP, true);
    }
    // A failure closes the connection, which the close listener reports.
    core.sendFrame(frame(messages.get(last)), org.eclipse.jetty.util.Callback.from(sent), false);
  }

  private static Frame frame(byte[] message) {
    return new Frame(OpCode.TEXT, ByteBuffer.wrap(message));
  }

  @Override
  public void abort() {
    session.disconnect();
  }

  @Override
  public void close(CloseReason reason) {
    session.close(reason.kind().closeCode(), reason.message(), Callback.NOOP);
    // Disconnects a client that neither reads nor answers the close frame. Set after the frame has
    // been sent, because a connection that has been idle for longer ends at once.
    session.setIdleTimeout(CLOSE_TIMEOUT);
  }
}
