package dev.callflow.core.file;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Links that are valid once and for some time. Safe for use by any thread; never blocks. */
final class OneTimeLinks {

  /** What a link stands for. */
  sealed interface Target {

    /** A recording that a switch sends. */
    record Recording(String name) implements Target {}

    /** An uploaded sound that a switch fetches. */
    record Sound(AccountId account, String id, SoundFormat format) implements Target {}
  }

  private record Issued(Target target, Instant expires) {}

  /** A switch sends a recording at once. */
  private static final Duration RECORDING = Duration.ofMinutes(2);

  /** A switch that is given the sound for the end of a visit fetches it at that end. */
  private static final Duration SOUND = Duration.ofHours(12);

  private static final int MAX = 10_000;
  private static final int BYTES = 32;

  private final TimeSource time;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();

  /** The oldest come first. */
  private final Map<String, Issued> issued = new LinkedHashMap<>();

  OneTimeLinks(TimeSource time) {
    this.time = time;
  }

  /**
   * Issues a link. If there are too many, the oldest is no longer valid. Expired links are not
   * searched for, because a link is issued each time that a sound is played.
   */
  String issue(Target target) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String link = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant now = time.now();
    lock.lock();
    try {
      if (issued.size() == MAX) {
        issued.remove(issued.keySet().iterator().next());
      }
      issued.put(link, new Issued(target, now.plus(valid(target))));
      return link;
    } finally {
      lock.unlock();
    }
  }

  private static Duration valid(Target target) {
    return switch (target) {
      case Target.Recording recording -> RECORDING;
      case Target.Sound sound -> SOUND;
    };
  }

  /** Returns what a link stands for, without using it up. */
  Optional<Target> find(String link) {
    lock.lock();
    try {
      return Optional.ofNullable(issued.get(link))
          .filter(it -> it.expires.isAfter(time.now()))
          .map(Issued::target);
    } finally {
      lock.unlock();
    }
  }

  /** Uses a link up; returns whether it was valid. */
  boolean use(String link) {
    lock.lock();
    try {
      Issued found = issued.remove(link);
      return found != null && found.expires.isAfter(time.now());
    } finally {
      lock.unlock();
    }
  }
}
