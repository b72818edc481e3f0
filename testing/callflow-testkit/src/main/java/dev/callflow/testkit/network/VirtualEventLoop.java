package dev.callflow.testkit.network;

import dev.callflow.core.time.Inbox;
import dev.callflow.simulator.time.VirtualTime;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs a Netty event loop on a thread of virtual time. */
final class VirtualEventLoop {

  private static final Duration MAX_RUN = Duration.ofDays(1);

  private final Clock clock;
  private final Inbox<Boolean> wakeups;
  private boolean interrupted;

  private VirtualEventLoop(VirtualTime time) {
    clock = new Clock(time);
    wakeups = time.inbox(1);
  }

  static ManualIoEventLoop start(VirtualTime time, String name) {
    VirtualEventLoop self = new VirtualEventLoop(time);
    ManualIoEventLoop loop =
        new ManualIoEventLoop(null, null, executor -> self.new Waiting(), self.clock);
    time.start(name, () -> self.run(loop));
    return loop;
  }

  private void run(ManualIoEventLoop loop) {
    loop.setOwningThread(Thread.currentThread());
    clock.ending = loop::isShuttingDown;
    while (!interrupted && !loop.isTerminated()) {
      loop.run(MAX_RUN.toNanos());
    }
  }

  /** Waits for tasks. In-memory channels have no sockets to poll. */
  private final class Waiting implements IoHandler {

    @Override
    public int run(IoHandlerContext context) {
      if (context.canBlock()) {
        try {
          wakeups.poll(Duration.ofNanos(context.delayNanos(clock.nanoTime())));
        } catch (InterruptedException e) {
          interrupted = true;
          Thread.currentThread().interrupt();
        }
      }
      return 0;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException("in-memory channels must not be registered");
    }

    @Override
    public void wakeup() {
      wakeups.offer(true);
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return false;
    }
  }

  /**
   * Advances by a nanosecond at each reading while the loop shuts down: the loop then keeps reading
   * the clock until time has passed, but virtual time stands still meanwhile.
   */
  private static final class Clock implements Ticker {

    private final VirtualTime time;
    private BooleanSupplier ending = () -> false;
    private long steps;

    Clock(VirtualTime time) {
      this.time = time;
    }

    @Override
    public long initialNanoTime() {
      return 0;
    }

    @Override
    public long nanoTime() {
      if (ending.getAsBoolean()) {
        steps++;
      }
      return time.elapsed().toNanos() + steps;
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
      throw new UnsupportedOperationException("event loops must not sleep");
    }
  }
}
