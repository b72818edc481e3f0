package dev.callflow.api.http;

import dev.callflow.api.server.IncomingBody;
import dev.callflow.core.time.TimeSource;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request to Jetty, which ends a read during which nothing arrives by the idle
 * timeout of the connection and the machine's clock.
 */
record JettyBody(Context context, EndPoint connection, int maxBytes, TimeSource time)
    implements IncomingBody {

  private static final Logger LOG = LoggerFactory.getLogger(JettyBody.class);
  private static final int BUFFER = 8 << 10;
  private static final Duration DISCARD_TIME = Duration.ofSeconds(2);

  @Override
  public long declaredLength() {
    return context.req().getContentLengthLong();
  }

  @Override
  public int read(byte[] buffer, Duration timeout) throws IOException {
    long idleTimeout = connection.getIdleTimeout();
    try {
      connection.setIdleTimeout(Math.max(1, Math.min(timeout.toMillis(), idleTimeout)));
      return context.req().getInputStream().read(buffer);
    } catch (IOException | HttpException.RuntimeException e) {
      throw isTimeout(e) ? timedOut(e) : new IOException(e);
    } finally {
      connection.setIdleTimeout(idleTimeout);
    }
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static IOException timedOut(Exception cause) {
    IOException timeout = new SocketTimeoutException("nothing has arrived");
    timeout.initCause(cause);
    return timeout;
  }

  /**
   * {@inheritDoc} Otherwise Jetty resets the connection while the client is still sending, and many
   * clients then report an error instead of the response.
   */
  @Override
  public void discard() {
    if (context.header("Expect") != null) {
      // The client sends the body only after it has been asked to, which reading would do.
      return;
    }
    long limit = 2L * maxBytes;
    long idleTimeout = connection.getIdleTimeout();
    try {
      InputStream in = context.req().getInputStream();
      byte[] buffer = new byte[BUFFER];
      Instant end = time.now().plus(DISCARD_TIME);
      connection.setIdleTimeout(Math.min(DISCARD_TIME.toMillis(), idleTimeout));
      int read = 0;
      for (long all = 0; read >= 0 && all < limit && time.now().isBefore(end); all += read) {
        read = in.read(buffer);
      }
    } catch (IOException | HttpException.RuntimeException e) {
      LOG.debug("{} {}: the rest of the body is missing", context.method(), context.path(), e);
    } finally {
      connection.setIdleTimeout(idleTimeout);
    }
  }
}
