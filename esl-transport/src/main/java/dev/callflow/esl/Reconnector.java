package dev.callflow.esl;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.runtime.EslRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection up: opens a session, waits for its loss, pauses, and opens the next.
 *
 * <p>Each pause is twice the one before, and up to half of it is left out by chance: clients that
 * have lost the same server must not all come back at once.
 */
final class Reconnector {

  private static final Logger LOG = LoggerFactory.getLogger(Reconnector.class);

  /** Nothing shortens this part of a pause. */
  private static final Duration MIN_PAUSE = Duration.ofMillis(250);

  /** A session watches over its own connection; this only lets a wait have an end. */
  private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

  private final EslClientOptions options;
  private final EslRuntime runtime;
  private final Supplier<InboundSession> sessions;
  private final CompletableFuture<Boolean> closing = new CompletableFuture<>();
  private volatile CompletableFuture<Boolean> hurry = new CompletableFuture<>();
  private volatile CompletableFuture<Boolean> whenReady = new CompletableFuture<>();
  private volatile @Nullable CommandPipeline ready;

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

  /** Returns the connection as it is now. */
  CommandPipeline pipeline() {
    CommandPipeline pipeline = ready;
    if (pipeline == null) {
      throw new EslClosedException(
          "[esl " + CommandPipeline.addressText(options.address()) + "] is not connected");
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
      hurry.complete(true);
    }
  }

  void close() {
    closing.complete(true);
    hurry.complete(true);
    CommandPipeline pipeline = ready;
    if (pipeline != null) {
      pipeline.close();
    }
  }

  private void run() {
    Duration pause = options.minReconnectPause();
    EslPeer before = null;
    try {
      while (!closing.isDone()) {
        InboundSession session = sessions.get();
        session.lost().thenRun(() -> down(session.pipeline()));
        try {
          EslPeer peer = session.open(before);
          CompletableFuture<Boolean> up = whenReady;
          // The listener may send commands as soon as it is told.
          ready = session.pipeline();
          session.begin();
          up.complete(true);
          before = peer;
          pause = options.minReconnectPause();
          awaitLoss(session);
        } catch (EslException e) {
          LOG.warn("{}", e.getMessage());
          down(session.pipeline());
          session.fail(e);
        }
        pause(pause);
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
    while (!runtime.await(session.lost(), BETWEEN_LOOKS)) {
      LOG.trace("the connection to {} is up", options.address());
    }
  }

  private void pause(Duration pause) throws InterruptedException {
    if (runtime.await(closing, jitter(MIN_PAUSE))) {
      return;
    }
    if (pause.compareTo(MIN_PAUSE) > 0 && runtime.await(hurry, jitter(pause.minus(MIN_PAUSE)))) {
      LOG.debug("connects to {} at once", options.address());
    }
    hurry = new CompletableFuture<>();
  }

  private Duration jitter(Duration pause) {
    return Duration.ofNanos((long) (pause.toNanos() * (0.5 + runtime.random() / 2)));
  }
}
