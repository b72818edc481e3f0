package dev.callflow.api.server;

import dev.callflow.api.answer.FailureCode;
import dev.callflow.core.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the bodies of requests within their limits of size, memory and time. */
record BodyReader(RequestLimits limits, TimeSource time) {

  private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
  private static final int BUFFER = 8 << 10;

  /** The result of reading a body. */
  sealed interface Result {

    /** The complete body. */
    record Read(String text) implements Result {}

    /** The body was not read to its end. */
    record Refused(FailureCode code, String message) implements Result {

      private Refused(FailureCode code) {
        this(code, code.message());
      }

      private Refused(RequestsInProgress.Refusal refusal) {
        this(refusal.code(), refusal.message());
      }
    }
  }

  /** Reads the body; blocks until it has arrived or a limit is exceeded. */
  Result read(IncomingBody body, RequestsInProgress.Counted counted) {
    long declared = body.declaredLength();
    if (declared > limits.maxBytes()) {
      return new Result.Refused(FailureCode.TOO_LARGE);
    }
    Optional<RequestsInProgress.Refusal> refusal =
        declared > 0 ? counted.reserve(declared) : Optional.empty();
    if (refusal.isPresent()) {
      return new Result.Refused(refusal.get());
    }
    Instant start = time.now();
    try {
      return declared == 0 ? new Result.Read("") : read(body, counted, start);
    } catch (SocketTimeoutException e) {
      return slow();
    } catch (IOException e) {
      LOG.debug("cannot read the body of a request", e);
      return elapsed(start).compareTo(limits.arrival().timeout()) >= 0
          ? slow()
          : new Result.Refused(FailureCode.INVALID_ENVELOPE);
    }
  }

  private Result read(IncomingBody body, RequestsInProgress.Counted counted, Instant start)
      throws IOException {
    long declared = body.declaredLength();
    ByteArrayOutputStream all = new ByteArrayOutputStream(declared > 0 ? (int) declared : BUFFER);
    byte[] buffer = new byte[BUFFER];
    while (true) {
      Duration left = limits.arrival().timeout().minus(elapsed(start));
      if (!left.isPositive()) {
        return slow();
      }
      int read = body.read(buffer, left);
      if (read < 0) {
        return new Result.Read(all.toString(StandardCharsets.UTF_8));
      }
      all.write(buffer, 0, read);
      if (all.size() > limits.maxBytes()) {
        return new Result.Refused(FailureCode.TOO_LARGE);
      }
      if (isSlow(all.size(), elapsed(start))) {
        return slow();
      }
      Optional<RequestsInProgress.Refusal> refusal =
          declared < 0 ? counted.reserve(read) : Optional.empty();
      if (refusal.isPresent()) {
        return new Result.Refused(refusal.get());
      }
    }
  }

  private Duration elapsed(Instant start) {
    return Duration.between(start, time.now());
  }

  private boolean isSlow(int bytes, Duration elapsed) {
    RequestLimits.Arrival arrival = limits.arrival();
    return elapsed.compareTo(arrival.grace()) > 0
        && bytes < arrival.minBytesPerSecond() * elapsed.toMillis() / 1_000;
  }

  private Result slow() {
    RequestLimits.Arrival arrival = limits.arrival();
    return new Result.Refused(
        FailureCode.REQUEST_TIMEOUT,
        "the body must arrive within %s ms, at %s bytes per second"
            .formatted(arrival.timeout().toMillis(), arrival.minBytesPerSecond()));
  }
}
