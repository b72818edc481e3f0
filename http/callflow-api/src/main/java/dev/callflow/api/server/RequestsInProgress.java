package dev.callflow.api.server;

import dev.callflow.api.answer.FailureCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the requests in progress and the memory of their bodies, in total and by account, so that
 * no account uses up the memory that others need. Safe for use by any thread; never blocks.
 */
final class RequestsInProgress {

  /** A limit that does not allow a request. */
  record Refusal(FailureCode code, String message) {}

  private static final class Load {
    private int requests;
    private long bytes;
  }

  private final RequestLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Load> byAccount = new HashMap<>();
  private long total;

  RequestsInProgress(RequestLimits limits) {
    this.limits = limits;
  }

  /** Begins to count a request; close the result when the request is done. */
  Counted begin(String account) {
    lock.lock();
    try {
      byAccount.computeIfAbsent(account, none -> new Load()).requests++;
      return new Counted(account);
    } finally {
      lock.unlock();
    }
  }

  /** A request that is counted until it is closed. Used by one thread. */
  final class Counted implements AutoCloseable {

    private final String account;
    private long reserved;

    private Counted(String account) {
      this.account = account;
    }

    /** Returns the limit that the request exceeds by its mere number. */
    Optional<Refusal> refusal() {
      lock.lock();
      try {
        return load().requests <= limits.maxOfAccount()
            ? Optional.empty()
            : Optional.of(
                new Refusal(
                    FailureCode.TOO_MANY_REQUESTS,
                    "too many requests of this account at once: the limit is "
                        + limits.maxOfAccount()));
      } finally {
        lock.unlock();
      }
    }

    /** Reserves memory for a body, or returns the limit that does not allow it. */
    Optional<Refusal> reserve(long bytes) {
      lock.lock();
      try {
        Load load = load();
        if (load.bytes + bytes > limits.maxBytesOfAccount()) {
          return Optional.of(
              new Refusal(
                  FailureCode.TOO_MANY_REQUESTS,
                  "too many large requests of this account at once: the limit is "
                      + limits.maxBytesOfAccount()
                      + " bytes"));
        }
        if (total + bytes > limits.maxTotalBytes()) {
          return Optional.of(
              new Refusal(
                  FailureCode.OVERLOADED,
                  "too many large requests at once: the limit is "
                      + limits.maxTotalBytes()
                      + " bytes"));
        }
        load.bytes += bytes;
        total += bytes;
        reserved += bytes;
        return Optional.empty();
      } finally {
        lock.unlock();
      }
    }

    private Load load() {
      return byAccount.computeIfAbsent(account, none -> new Load());
    }

    @Override
    public void close() {
      lock.lock();
      try {
        Load load = load();
        load.bytes -= reserved;
        total -= reserved;
        load.requests--;
        if (load.requests == 0) {
          byAccount.remove(account);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
