package dev.callflow.spring.web;

import dev.callflow.api.answer.FailureCode;
import dev.callflow.core.time.TimeSource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bodies of requests within their limits of size, memory and time. A read during which
 * nothing arrives is ended by the timeout of the servlet container.
 */
record BodyReader(RequestLimits limits, TimeSource time) {

  private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
  private static final int BUFFER = 8 << 10;

  /** The result of reading a body. */
  sealed interface Body {

    /** The complete body. */
    record Complete(String text) implements Body {}

    /** The body was not read to its end. */
    record Refused(FailureCode code, String message) implements Body {

      private Refused(FailureCode code) {
        this(code, code.message());
      }

      private Refused(BodyMemory.Refusal refusal) {
        this(refusal.code(), refusal.message());
      }
    }
  }

  /** Reads the body; blocks until it has arrived or a limit is exceeded. */
  Body read(HttpServletRequest request, BodyMemory.Share memory) {
    long declared = request.getContentLengthLong();
    if (declared > limits.maxBytes()) {
      return new Body.Refused(FailureCode.TOO_LARGE);
    }
    Optional<BodyMemory.Refusal> refusal = memory.reserve(Math.max(0, declared));
    if (refusal.isPresent()) {
      return new Body.Refused(refusal.get());
    }
    try {
      return declared == 0 ? new Body.Complete("") : read(request, memory, declared);
    } catch (SocketTimeoutException e) {
      return slow();
    } catch (IOException e) {
      LOG.debug("{}: cannot read the body", request.getMethod(), e);
      return new Body.Refused(FailureCode.INVALID_ENVELOPE);
    }
  }

  private Body read(HttpServletRequest request, BodyMemory.Share memory, long declared)
      throws IOException {
    Instant start = time.now();
    InputStream in = request.getInputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream(declared > 0 ? (int) declared : BUFFER);
    byte[] buffer = new byte[BUFFER];
    int read;
    while ((read = in.read(buffer)) >= 0) {
      body.write(buffer, 0, read);
      if (body.size() > limits.maxBytes()) {
        return new Body.Refused(FailureCode.TOO_LARGE);
      }
      if (isSlow(body.size(), Duration.between(start, time.now()))) {
        return slow();
      }
      Optional<BodyMemory.Refusal> refusal = declared < 0 ? memory.reserve(read) : Optional.empty();
      if (refusal.isPresent()) {
        return new Body.Refused(refusal.get());
      }
    }
    return new Body.Complete(body.toString(StandardCharsets.UTF_8));
  }

  private boolean isSlow(int bytes, Duration elapsed) {
    return elapsed.compareTo(limits.bodyTimeout()) > 0
        || elapsed.compareTo(RequestLimits.GRACE) > 0
            && bytes < RequestLimits.MIN_BYTES_PER_SECOND * elapsed.toMillis() / 1_000;
  }

  private Body slow() {
    return new Body.Refused(
        FailureCode.REQUEST_TIMEOUT,
        "the body must arrive within %s ms, at %s bytes per second"
            .formatted(limits.bodyTimeout().toMillis(), RequestLimits.MIN_BYTES_PER_SECOND));
  }
}
