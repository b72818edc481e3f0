package dev.callflow.esl;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.runtime.EslRuntime;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps a client connected: opens a session, waits until its connection is lost, pauses, and opens
 * the next session.
 *
 * <p>Each pause is twice as long as the previous one, up to a maximum. A random factor shortens it
 * by up to half, so that clients that lost the same server do not all reconnect at the same time.
 */
final class Reconnector {

  private static final Logger LOG = LoggerFactory.getLogger(Reconnector.class);

  /** The first part of a pause, which {@link #reconnectNow} does not skip. */
  private static final Duration MIN_PAUSE = Duration.ofMillis(250);

  /**
   * The timeout of a single wait for the loss of the connection. The wait is then repeated, since
   * the session itself detects the loss.
   */
  private static final Duration CHECK_INTERVAL = Duration.ofHours(1);

  private final EslClientOptions options;
  private final EslRuntime runtime;
  private final Supplier<InboundSession> sessions;
  private final CompletableFuture<Boolean> closing = new CompletableFuture<>();
  private volatile CompletableFuture<Boolean> skipPause = new CompletableFuture<>();
  private volatile CompletableFuture<Boolean> whenReady = new CompletableFuture<>();
  private volatile @Nullable CommandPipeline ready;
  private volatile @Nullable EslException failure;

  Reconnector(EslClientOptions options, Supplier<InboundSession> sessions) {
    this.options = options;
    this.runtime = options.runtime();
    this.sessions = sessions;
  }

  void start(String threadName) {
    runtime.start(threadName, this::run);
  }

  boolean isUp() {
    return ready != null;
  }

  /** Returns why the last attempt to connect failed; empty after one that succeeded. */
  Optional<EslException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns the current connection. */
  CommandPipeline pipeline() {
    CommandPipeline pipeline = ready;
    if (pipeline == null) {
      throw new EslClosedException(
          "[esl "
              + CommandPipeline.addressText(options.address())
              + "] the client is not connected");
    }
    return pipeline;
  }

  boolean awaitUp(Duration timeout) {
    try {
      return runtime.await(whenReady, timeout) && isUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return isUp();
    }
  }

  void reconnectNow() {
    if (!isUp()) {
      skipPause.complete(true);
    }
  }

  void close() {
    closing.complete(true);
    skipPause.complete(true);
    CommandPipeline pipeline = ready;
    if (pipeline != null) {
      pipeline.close();
    }
  }

  private void run() {
    Duration pause = options.minReconnectPause();
    EslPeer previous = null;
    String reported = "";
    try {
      while (!closing.isDone()) {
        InboundSession session = sessions.get();
        session.lost().thenRun(() -> down(session.pipeline()));
        try {
          EslPeer peer = session.open(previous);
          CompletableFuture<Boolean> up = whenReady;
          // Set this first: the listener may send commands as soon as it is notified.
          ready = session.pipeline();
          if (previous != null) {
            options.metrics().reconnected();
          }
          failure = null;
          session.begin();
          up.complete(true);
          previous = peer;
          pause = options.minReconnectPause();
          reported = "";
          awaitLoss(session);
          pause(jittered(pause));
        } catch (EslException e) {
          failure = e;
          down(session.pipeline());
          session.fail(e);
          Pause next = jittered(pause);
          // Warn only once about the same problem: a server may be down for hours.
          Level level = reported.equals(cause(e)) ? Level.DEBUG : Level.WARN;
          LOG.atLevel(level).log("{}; retrying in {} s", e.getMessage(), next.seconds());
          reported = cause(e);
          pause(next);
        }
        Duration twice = pause.multipliedBy(2);
        pause =
            twice.compareTo(options.maxReconnectPause()) < 0 ? twice : options.maxReconnectPause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void down(CommandPipeline pipeline) {
    if (ready == pipeline) {
      ready = null;
      whenReady = new CompletableFuture<>();
    }
  }

  private void awaitLoss(InboundSession session) throws InterruptedException {
    while (!runtime.await(session.lost(), CHECK_INTERVAL)) {
      LOG.trace("the connection to {} is still up", options.address());
    }
  }

  /** Returns the message without the name of the connection, which differs between attempts. */
  private static String cause(EslException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^\\[[^]]*] ", "");
  }

  /** A pause between two attempts; {@link #reconnectNow} skips the second part. */
  private record Pause(Duration first, Duration second) {

    String seconds() {
      return String.format(Locale.ROOT, "%.1f", first.plus(second).toMillis() / 1000.0);
    }
  }

  private Pause jittered(Duration pause) {
    Duration second = pause.minus(MIN_PAUSE);
    return new Pause(jitter(MIN_PAUSE), second.isPositive() ? jitter(second) : Duration.ZERO);
  }

  private void pause(Pause pause) throws InterruptedException {
    if (runtime.await(closing, pause.first())) {
      return;
    }
    if (pause.second().isPositive() && runtime.await(skipPause, pause.second())) {
      LOG.debug("reconnecting to {} without further delay", options.address());
    }
    skipPause = new CompletableFuture<>();
  }

  private Duration jitter(Duration pause) {
    return Duration.ofNanos((long) (pause.toNanos() * (0.5 + runtime.random() / 2)));
  }
}
