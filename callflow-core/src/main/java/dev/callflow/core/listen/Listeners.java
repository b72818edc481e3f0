package dev.callflow.core.listen;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of one kind of notification. Safe for use by any thread.
 *
 * @param <T> what the listeners receive
 */
public final class Listeners<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /** Has an identity, so that a listener that is registered twice can be removed once. */
  private static final class Registered<T> {

    private final Consumer<? super T> listener;

    private Registered(Consumer<? super T> listener) {
      this.listener = listener;
    }
  }

  private final String of;
  private final List<Registered<T>> all = new CopyOnWriteArrayList<>();

  /**
   * Starts without any listeners.
   *
   * @param of what the listeners listen to, for the log: {@code conference events}
   */
  public Listeners(String of) {
    this.of = of;
  }

  /**
   * Adds a listener.
   *
   * @param listener the listener; called once for each time that it has been added
   * @return the subscription, which removes the listener
   */
  public Subscription add(Consumer<? super T> listener) {
    Registered<T> added = new Registered<>(listener);
    all.add(added);
    return () -> all.remove(added);
  }

  /**
   * Returns whether there are no listeners.
   *
   * @return whether there are none
   */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * Calls each listener, one after the other, on this thread. If one fails, its exception is
   * logged, and the others are called nevertheless.
   *
   * @param notification what the listeners receive
   */
  public void call(T notification) {
    for (Registered<T> each : all) {
      try {
        each.listener.accept(notification);
      } catch (RuntimeException e) {
        LOG.error("a listener of {} failed", of, e);
      }
    }
  }
}
