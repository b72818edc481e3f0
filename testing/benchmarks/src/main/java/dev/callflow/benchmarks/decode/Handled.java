package dev.callflow.benchmarks.decode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the handlers have seen: how many events, and how long the three headers' values were. */
final class Handled {

  static final String NAME = "Event-Name";
  static final String CHANNEL = "Unique-ID";

  /** Far behind in the event, and missing in every fifth: a lazy decoder has to look for it. */
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

  /** An event, of which that many characters were read, or that many comparisons were true. */
  void event(int read) {
    characters.addAndGet(read);
    if (events.incrementAndGet() == last) {
      done.countDown();
    }
  }

  void await() throws InterruptedException {
    if (!done.await(MAX_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("only " + events + " events of " + last + " have come");
    }
  }

  long events() {
    return events.get();
  }

  long characters() {
    return characters.get();
  }
}
