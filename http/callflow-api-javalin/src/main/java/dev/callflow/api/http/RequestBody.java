package dev.callflow.api.http;

import dev.callflow.api.answer.FailureCode;
import dev.callflow.core.time.TimeSource;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the body of a request within its limits of size, memory and time. The server itself ends a
 * read during which nothing arrives, by its idle timeout and the machine's clock.
 */
final class RequestBody {

  private static final Logger LOG = LoggerFactory.getLogger(RequestBody.class);
  private static final int BUFFER = 8 << 10;
  private static final Duration DISCARD_TIME = Duration.ofSeconds(2);

  /** The result of reading a body. */
  sealed interface Result {

    /** The complete body. */
    record Read(String text) implements Result {}

    /** The body was not read to its end. */
    record Refused(FailureCode code, String message) implements Result {

      private Refused(FailureCode code) {
        this(code, code.message());
      }
    }
  }

  private final Context context;
  private final EndPoint connection;
  private final HttpOptions options;
  private final TimeSource time;
  private final Instant start;

  RequestBody(Context context, EndPoint connection, HttpOptions options, TimeSource time) {
    this.context = context;
    this.connection = connection;
    this.options = options;
    this.time = time;
    start = time.now();
  }

  /** Reads the body; blocks until it has arrived or a limit is exceeded. */
  Result read(RequestsInProgress.Counted counted) {
    long declared = context.req().getContentLengthLong();
    int max = options.requests().maxBytes();
    if (declared > max) {
      return new Result.Refused(FailureCode.TOO_LARGE);
    }
    Optional<RequestsInProgress.Refusal> refusal =
        declared > 0 ? counted.reserve(declared) : Optional.empty();
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    long idleTimeout = connection.getIdleTimeout();
    try {
      return declared == 0 ? new Result.Read("") : read(counted, declared, max);
    } catch (IOException | HttpException.RuntimeException e) {
      LOG.debug("{} {}: cannot read the body", context.method(), context.path(), e);
      return isTimeout(e) ? slow() : new Result.Refused(FailureCode.INVALID_ENVELOPE);
    } finally {
      connection.setIdleTimeout(idleTimeout);
    }
  }

  private Result read(RequestsInProgress.Counted counted, long declared, int max)
      throws IOException {
    InputStream in = context.req().getInputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream(declared > 0 ? (int) declared : BUFFER);
    byte[] buffer = new byte[BUFFER];
    HttpOptions.Timing timing = options.timing();
    long idleTimeout = connection.getIdleTimeout();
    while (true) {
      long left = timing.body().minus(elapsed()).toMillis();
      if (left <= 0) {
        return slow();
      }
      connection.setIdleTimeout(Math.min(left, idleTimeout));
      int read = in.read(buffer);
      if (read < 0) {
        return new Result.Read(body.toString(StandardCharsets.UTF_8));
      }
      body.write(buffer, 0, read);
      if (body.size() > max) {
        return new Result.Refused(FailureCode.TOO_LARGE);
      }
      if (elapsed().compareTo(timing.grace()) > 0
          && body.size() < timing.minBytesPerSecond() * elapsed().toMillis() / 1_000) {
        return slow();
      }
      if (declared < 0) {
        Optional<RequestsInProgress.Refusal> refusal = counted.reserve(read);
        if (refusal.isPresent()) {
          return refused(refusal.get());
        }
      }
    }
  }

  private Duration elapsed() {
    return Duration.between(start, time.now());
  }

  private static Result refused(RequestsInProgress.Refusal refusal) {
    return new Result.Refused(refusal.code(), refusal.message());
  }

  private Result slow() {
    HttpOptions.Timing timing = options.timing();
    return new Result.Refused(
        FailureCode.REQUEST_TIMEOUT,
        "the body must arrive within %s ms, at %s bytes per second"
            .formatted(timing.body().toMillis(), timing.minBytesPerSecond()));
  }

  private boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return true;
      }
    }
    return elapsed().compareTo(options.timing().body()) >= 0;
  }

  /**
   * Discards the rest of the body for a short time. Otherwise the connection is reset while the
   * client is still sending, and many clients then report an error instead of the response.
   */
  void discard() {
    if (context.header("Expect") != null) {
      // The client sends the body only after it has been asked to, which reading would do.
      return;
    }
    long limit = 2L * options.requests().maxBytes();
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
