package dev.callflow.esl.runtime;

import io.netty.util.concurrent.Ticker;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The system clock, virtual threads and real sockets. */
final class SystemRuntime implements EslRuntime {

  static final SystemRuntime INSTANCE = new SystemRuntime();

  private static final Ticker CLOCK = Ticker.systemTicker();

  private SystemRuntime() {}

  @Override
  public long nanoTime() {
    return CLOCK.nanoTime();
  }

  @Override
  public void start(String name, Runnable task) {
    Thread.ofVirtual().name(name).start(task);
  }

  @Override
  public <T> EslMailbox<T> mailbox(int capacity) {
    return new SystemMailbox<>(capacity);
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration timeout) throws InterruptedException {
    try {
      future.get(SystemMailbox.nanos(timeout), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      // The caller finds the failure in the future.
      return true;
    } catch (TimeoutException e) {
      return future.isDone();
    }
  }

  @Override
  public void await(CompletableFuture<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException | CancellationException e) {
      // The caller finds the failure in the future.
    }
  }

  @Override
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public EslNetwork network(SocketAddress address) {
    return SocketNetwork.of(address);
  }
}
