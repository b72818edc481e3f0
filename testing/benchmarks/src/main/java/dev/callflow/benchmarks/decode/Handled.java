package dev.callflow.benchmarks.decode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the events that the handlers received, and the characters of three header values. */
final class Handled {

  static final String NAME = "Event-Name";
  static final String CHANNEL = "Unique-ID";

  /**
   * A header that is in the middle of an event and missing from every fifth one, so that a lazy
   * decoder must search for it.
   */
  static final String NUMBER = "Caller-Destination-Number";

  private static final int MAX_SECONDS = 120;

  private final AtomicLong events = new AtomicLong();
  private final AtomicLong characters = new AtomicLong();
  private volatile long last = Long.MAX_VALUE;
  private CountDownLatch done = new CountDownLatch(1);

  void expect(long more) {
    done = new CountDownLatch(1);
    last = events.get() + more;
  }

  void event(@Nullable String name, @Nullable String channel, @Nullable String number) {
    event(length(name) + length(channel) + length(number));
  }

  private static int length(@Nullable String value) {
    return value == null ? 0 : value.length();
  }

  /**
   * Counts an event, and adds the number of characters that were read from it or, if values were
   * only compared, the number of comparisons that were true.
   */
  void event(int read) {
    characters.addAndGet(read);
    if (events.incrementAndGet() == last) {
      done.countDown();
    }
  }

  void await() throws InterruptedException {
    if (!done.await(MAX_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "received only " + events + " of " + last + " events in " + MAX_SECONDS + " s");
    }
  }

  long events() {
    return events.get();
  }

  long characters() {
    return characters.get();
  }
}
