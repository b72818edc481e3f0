package dev.callflow.spring.web;

import dev.callflow.api.answer.FailureCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the requests in progress and the memory of their bodies, so that no account uses up the
 * memory that others need. Safe for use by any thread; never blocks.
 */
final class BodyMemory {

  /** A limit that does not allow a request. */
  record Refusal(FailureCode code, String message) {}

  private static final class Use {
    private int requests;
    private long bytes;
  }

  private final RequestLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Use> byAccount = new HashMap<>();
  private long total;

  BodyMemory(RequestLimits limits) {
    this.limits = limits;
  }

  /** Begins to count a request; close the result when the request is done. */
  Share begin(String account) {
    lock.lock();
    try {
      Use use = byAccount.computeIfAbsent(account, none -> new Use());
      use.requests++;
      return new Share(account, use);
    } finally {
      lock.unlock();
    }
  }

  /** The memory of one request. Used by one thread. */
  final class Share implements AutoCloseable {

    private final String account;
    private final Use use;
    private long reserved;

    private Share(String account, Use use) {
      this.account = account;
      this.use = use;
    }

    /** Reserves memory for a body, or returns the limit that does not allow it. */
    Optional<Refusal> reserve(long bytes) {
      lock.lock();
      try {
        if (use.requests > limits.maxOfAccount()) {
          return refusal(
              FailureCode.TOO_MANY_REQUESTS,
              "too many requests of this account at once: the limit is " + limits.maxOfAccount());
        }
        if (use.bytes + bytes > limits.maxBytesOfAccount()) {
          return refusal(
              FailureCode.TOO_MANY_REQUESTS,
              "too many large requests of this account at once: the limit is "
                  + limits.maxBytesOfAccount()
                  + " bytes");
        }
        if (total + bytes > limits.maxTotalBytes()) {
          return refusal(
              FailureCode.OVERLOADED,
              "too many large requests at once: the limit is " + limits.maxTotalBytes() + " bytes");
        }
        use.bytes += bytes;
        total += bytes;
        reserved += bytes;
        return Optional.empty();
      } finally {
        lock.unlock();
      }
    }

    private static Optional<Refusal> refusal(FailureCode code, String message) {
      return Optional.of(new Refusal(code, message));
    }

    @Override
    public void close() {
      lock.lock();
      try {
        use.bytes -= reserved;
        total -= reserved;
        use.requests--;
        if (use.requests == 0) {
          byAccount.remove(account);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
