package dev.callflow.esl;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.message.EslEvent;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a call, which one thread reads in order.
 *
 * <p>Up to 2,000 events wait. When half as many do, reading from the connection pauses for up to
 * {@link EslServerOptions.Builder#maxReadPause}. If the thread has not caught up by then, or if the
 * limit is reached, the connection is closed with an {@link EslOverflowException}.
 */
public final class EslCallEvents {

  private static final int MAX_WAITING = 2_000;

  private final EslCall call;
  private final EventQueue queue;
  private volatile @Nullable EslCallEnd end;

  EslCallEvents(EslCall call) {
    this.call = call;
    EslServerOptions options = call.options();
    this.queue =
        new EventQueue(MAX_WAITING, options.maxReadPause(), options.runtime(), options.metrics());
  }

  EslCallListener listener() {
    return new EslCallListener() {
      @Override
      public void event(EslEvent event) {
        queue.offer(event, call.pipeline());
        queue.pauseIfBehind(call.pipeline());
      }

      @Override
      public void ended(EslCallEnd how) {
        end = how;
        queue.wake();
      }
    };
  }

  /**
   * Takes the next event, waiting for one if necessary.
   *
   * @param timeout the maximum time to wait
   * @return the event; empty if there was none in time, or if the call has {@linkplain #end ended}
   * @throws EslClosedException if the thread is interrupted while it waits
   */
  public Optional<EslEvent> next(Duration timeout) {
    try {
      Object next = queue.poll(end == null ? timeout : Duration.ZERO);
      return next instanceof EslEvent event ? Optional.of(event) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EslClosedException("[" + call.connection() + "] interrupted while waiting", e);
    }
  }

  /**
   * Returns how the call ended.
   *
   * @return the end; empty while the call continues or events wait to be read
   */
  public Optional<EslCallEnd> end() {
    return queue.isEmpty() ? Optional.ofNullable(end) : Optional.empty();
  }
}
