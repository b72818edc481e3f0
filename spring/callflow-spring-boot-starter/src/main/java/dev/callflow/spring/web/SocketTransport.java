package dev.callflow.spring.web;

import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.Transport;
import dev.callflow.core.time.TimeSource;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages over a WebSocket of the servlet container. */
final class SocketTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(SocketTransport.class);

  private final Session session;
  private final TimeSource time;

  SocketTransport(Session session, TimeSource time) {
    this.session = session;
    this.time = time;
  }

  @Override
  public void send(List<byte[]> messages, Runnable sent) {
    new Sending(messages.iterator(), sent).next();
  }

  /** Sends messages one after the other, because the container accepts only one at a time. */
  private final class Sending implements SendHandler {

    private final Iterator<byte[]> messages;
    private final Runnable sent;

    /** The messages that may be sent now: a message may be complete before its method returns. */
    private final AtomicInteger turns = new AtomicInteger();

    Sending(Iterator<byte[]> messages, Runnable sent) {
      this.messages = messages;
      this.sent = sent;
    }

    void next() {
      if (turns.getAndIncrement() > 0) {
        return;
      }
      do {
        if (!messages.hasNext()) {
          sent.run();
          return;
        }
        try {
          session
              .getAsyncRemote()
              .sendText(new String(messages.next(), StandardCharsets.UTF_8), this);
        } catch (IllegalStateException e) {
          LOG.debug("a WebSocket has been closed", e);
          return;
        }
      } while (turns.decrementAndGet() > 0);
    }

    @Override
    public void onResult(SendResult result) {
      if (result.isOK()) {
        next();
      } else {
        LOG.debug("a WebSocket has failed", result.getException());
        abort();
      }
    }
  }

  @Override
  public void abort() {
    close(CloseCodes.GOING_AWAY, "");
  }

  @Override
  public void close(CloseReason reason) {
    CloseCode code = () -> reason.kind().closeCode();
    close(code, reason.message());
  }

  /** Closes on another thread, because the container waits a little for the client to read. */
  void close(CloseCode code, String message) {
    time.start(
        "websocket-close",
        () -> {
          try {
            session.close(new jakarta.websocket.CloseReason(code, message));
          } catch (IOException e) {
            LOG.debug("a WebSocket could not be closed orderly", e);
          }
        });
  }
}
