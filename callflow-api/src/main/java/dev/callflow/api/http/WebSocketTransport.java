package dev.callflow.api.http;

import dev.callflow.api.event.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Sends over a WebSocket of Jetty. Below its public interface, which takes strings only: so the
 * bytes of an event are the same for all clients, and what waits for one goes out in one write.
 */
record WebSocketTransport(Session session) implements Transport {

  @Override
  public void send(List<byte[]> texts, Runnable taken) {
    CoreSession core = ((WebSocketSession) session).getCoreSession();
    int last = texts.size() - 1;
    for (int i = 0; i < last; i++) {
      core.sendFrame(frame(texts.get(i)), Callback.NOOP, true);
    }
    // A failure breaks the connection, and its end is told by the listener.
    core.sendFrame(frame(texts.get(last)), Callback.from(taken), false);
  }

  private static Frame frame(byte[] text) {
    return new Frame(OpCode.TEXT, ByteBuffer.wrap(text));
  }

  @Override
  public void abort() {
    session.disconnect();
  }
}
