package dev.callflow.core.limit;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that counts against a limit until it is given back. Safe for use by any thread. */
public final class Lease implements AutoCloseable {

  /** A lease that counts against no limit. */
  public static final Lease NONE = new Lease(() -> {});

  private final AtomicBoolean closed = new AtomicBoolean();
  private final Runnable giveBack;

  Lease(Runnable giveBack) {
    this.giveBack = giveBack;
  }

  /**
   * Combines two leases.
   *
   * @param one a lease
   * @param other another lease
   * @return a lease that gives both back
   */
  public static Lease both(Lease one, Lease other) {
    return new Lease(() -> {
      one.close();
      other.close();
    });
  }

  /** Gives it back; does nothing if that has already happened. Never blocks. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
