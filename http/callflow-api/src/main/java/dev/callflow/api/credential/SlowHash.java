package dev.callflow.api.credential;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Hashes secrets with Argon2id (RFC 9106), so that a thief of the hashes needs much time and memory
 * for each guess. At most one hash for each processor is computed at a time; a few more requests
 * wait.
 *
 * <p>A hash takes a processor for a few hundredths of a second, and virtual threads are not
 * preempted, so it is computed on a platform thread: calls must not wait for logins.
 */
final class SlowHash {

  private static final int BYTES = 32;

  private static final int WAITING_PER_PROCESSOR = 16;
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** Longer than a hash takes on any machine. */
  private static final Duration MAX_DURATION = Duration.ofMinutes(1);

  private final HashCost cost;
  private final TimeSource time;
  private final int processors;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Inbox<Boolean>> waiting = new ArrayDeque<>();
  private int running;

  SlowHash(HashCost cost, TimeSource time, int processors) {
    this.cost = cost;
    this.time = time;
    this.processors = processors;
  }

  /**
   * Hashes a secret. Blocks until a processor is free and the hash has been computed.
   *
   * @return the hash, 64 hexadecimal digits; empty if too many others wait already
   */
  Optional<String> hash(byte[] salt, String secret) {
    try {
      if (!enter()) {
        return Optional.empty();
      }
      try {
        return Optional.of(compute(salt, secret));
      } finally {
        leave();
      }
    } catch (InterruptedException e) {
      // The server is stopping.
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private boolean enter() throws InterruptedException {
    Inbox<Boolean> turn;
    lock.lock();
    try {
      if (running < processors) {
        running++;
        return true;
      }
      if (waiting.size() >= WAITING_PER_PROCESSOR * processors) {
        return false;
      }
      turn = time.inbox(1);
      waiting.add(turn);
    } finally {
      lock.unlock();
    }
    boolean granted = false;
    try {
      granted = turn.poll(MAX_WAIT) != null;
    } finally {
      if (!granted) {
        giveUp(turn);
      }
    }
    return granted;
  }

  private void giveUp(Inbox<Boolean> turn) {
    boolean removed;
    lock.lock();
    try {
      removed = waiting.remove(turn);
    } finally {
      lock.unlock();
    }
    if (!removed) {
      // The turn came at the last moment.
      leave();
    }
  }

  /** Passes the turn on. */
  private void leave() {
    lock.lock();
    try {
      @Nullable Inbox<Boolean> next = waiting.poll();
      if (next == null) {
        running--;
      } else {
        next.offer(true);
      }
    } finally {
      lock.unlock();
    }
  }

  private String compute(byte[] salt, String secret) throws InterruptedException {
    if (!Thread.currentThread().isVirtual()) {
      return argon2(salt, secret);
    }
    Inbox<Optional<String>> computed = time.inbox(1);
    Thread.ofPlatform()
        .daemon()
        .name("password-hash")
        .start(() -> {
          Optional<String> hash = Optional.empty();
          try {
            hash = Optional.of(argon2(salt, secret));
          } finally {
            computed.offer(hash);
          }
        });
    @Nullable Optional<String> hash = computed.poll(MAX_DURATION);
    if (hash == null || hash.isEmpty()) {
      throw new IllegalStateException("the password could not be hashed");
    }
    return hash.get();
  }

  private String argon2(byte[] salt, String secret) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[BYTES];
    generator.generateBytes(secret.getBytes(StandardCharsets.UTF_8), hash);
    return HexFormat.of().formatHex(hash);
  }
}
