package dev.callflow.testkit.network;

import dev.callflow.core.time.Inbox;
import dev.callflow.esl.runtime.EslMailbox;
import dev.callflow.esl.runtime.EslNetwork;
import dev.callflow.esl.runtime.EslRuntime;
import dev.callflow.simulator.network.MemoryNetwork;
import dev.callflow.simulator.time.VirtualTime;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs event-socket clients and servers in virtual time. */
final class VirtualRuntime implements EslRuntime {

  private final VirtualTime time;
  private final EslNetwork network;

  /** Has a fixed seed, so that every run is the same. */
  private final Random random = new Random(1);

  VirtualRuntime(VirtualTime time, MemoryNetwork network) {
    this.time = time;
    this.network = new VirtualChannels(time, network);
  }

  @Override
  public long nanoTime() {
    return time.elapsed().toNanos();
  }

  @Override
  public void start(String name, Runnable task) {
    time.start(name, task);
  }

  @Override
  public <T> EslMailbox<T> mailbox(int capacity) {
    return new Mailbox<>(time.inbox(capacity));
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration timeout) throws InterruptedException {
    if (!future.isDone() && timeout.isPositive()) {
      Inbox<Boolean> done = time.inbox(1);
      future.whenComplete((value, failure) -> done.offer(true));
      done.poll(timeout);
    }
    return future.isDone();
  }

  @Override
  public double random() {
    return random.nextDouble();
  }

  @Override
  public EslNetwork network(SocketAddress address) {
    return network;
  }

  private static final class Mailbox<T> implements EslMailbox<T> {

    private final Inbox<T> items;
    private final AtomicInteger size = new AtomicInteger();

    Mailbox(Inbox<T> items) {
      this.items = items;
    }

    @Override
    public boolean offer(T item) {
      boolean taken = items.offer(item);
      if (taken) {
        size.incrementAndGet();
      }
      return taken;
    }

    @Override
    public @Nullable T poll(Duration timeout) throws InterruptedException {
      T item = items.poll(timeout);
      if (item != null) {
        size.decrementAndGet();
      }
      return item;
    }

    @Override
    public void drainTo(Collection<? super T> into, int max) {
      try {
        T item = max > 0 ? poll(Duration.ZERO) : null;
        for (int taken = 1; item != null; taken++) {
          into.add(item);
          item = taken < max ? poll(Duration.ZERO) : null;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public int size() {
      return size.get();
    }
  }
}
