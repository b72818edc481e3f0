package dev.callflow.core.limit;

import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one account uses. Has no lock of its own; {@link Limits} changes one at a time. */
final class Usage {

  /** A minute, and one more second, because the seconds at both ends are incomplete. */
  private static final int SECONDS = 61;

  /** The limits as they were when they were last read. */
  AccountLimits limits;

  /** The actions that stop the recordings in progress. */
  final Set<Runnable> recordings = new LinkedHashSet<>();

  @Nullable Timer recordingTimer;
  private final int[] counts = new int[Limit.values().length];
  private final Set<Limit> warned = EnumSet.noneOf(Limit.class);
  private final Set<Limit> reached = EnumSet.noneOf(Limit.class);

  /** The number of dials in each second, at the index of the second modulo the length. */
  private int @Nullable [] dials;

  private long dialSecond;
  private LocalDate day = LocalDate.MIN;
  private Duration recorded = Duration.ZERO;
  private Instant recordedUntil = Instant.MIN;

  Usage(AccountLimits limits) {
    this.limits = limits;
  }

  int max(Limit limit) {
    return limits.max(limit);
  }

  int used(Limit limit, Instant now) {
    return switch (limit) {
      case CALLS, ROOMS, AD_HOC_ROOMS, DIALLED_LEGS -> counts[limit.ordinal()];
      case DIALS_PER_MINUTE -> dials(now);
      case RECORDING_MINUTES -> (int) recorded(now).toMinutes();
    };
  }

  boolean isReached(Limit limit, Instant now) {
    return used(limit, now) >= max(limit);
  }

  /** Counts one more; returns the second to which a dial belongs. */
  long add(Limit limit, Instant now) {
    if (limit == Limit.DIALS_PER_MINUTE) {
      dials(now);
      int[] counted = dials == null ? new int[SECONDS] : dials;
      counted[index(dialSecond)]++;
      dials = counted;
      return dialSecond;
    }
    counts[limit.ordinal()]++;
    return 0;
  }

  void remove(Limit limit, long second) {
    if (limit != Limit.DIALS_PER_MINUTE) {
      counts[limit.ordinal()]--;
    } else if (dials != null && dialSecond - second < SECONDS) {
      dials[index(second)]--;
    }
  }

  private static int index(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }

  /** Forgets the dials that are more than a minute old, and returns how many remain. */
  private int dials(Instant now) {
    // If the clock is set back, dials count in the latest second that was seen.
    long second = Math.max(now.getEpochSecond(), dialSecond);
    int sum = 0;
    int @Nullable [] counted = dials;
    if (counted != null) {
      for (long gone = Math.max(dialSecond + 1, second - SECONDS + 1); gone <= second; gone++) {
        counted[index(gone)] = 0;
      }
      for (int count : counted) {
        sum += count;
      }
      if (sum == 0) {
        dials = null;
      }
    }
    dialSecond = second;
    return sum;
  }

  /** Returns how long the account has recorded today. */
  Duration recorded(Instant now) {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    if (today.isAfter(day)) {
      day = today;
      recorded = Duration.ZERO;
      Instant midnight = today.atStartOfDay(ZoneOffset.UTC).toInstant();
      if (recordedUntil.isBefore(midnight)) {
        recordedUntil = recordings.isEmpty() ? now : midnight;
      }
    }
    if (now.isAfter(recordedUntil)) {
      recorded =
          recorded.plus(Duration.between(recordedUntil, now).multipliedBy(recordings.size()));
      recordedUntil = now;
    }
    return recorded;
  }

  /** Returns when the recordings in progress will have used the given share of the maximum. */
  Duration untilRecorded(double share, Instant now) {
    Duration left =
        Duration.ofMillis((long) (max(Limit.RECORDING_MINUTES) * 60_000L * share))
            .minus(recorded(now));
    return left.isNegative() ? Duration.ZERO : left.dividedBy(Math.max(1, recordings.size()));
  }

  /** Returns whether this is the first warning since the use was low. */
  boolean warn(Limit limit) {
    return warned.add(limit);
  }

  /** Returns whether this is the first refusal since the use was low. */
  boolean reach(Limit limit) {
    return reached.add(limit);
  }

  /** Allows the next warning if the use is low again. */
  void calm(Limit limit, double low, Instant now) {
    if ((warned.contains(limit) || reached.contains(limit))
        && used(limit, now) < low * max(limit)) {
      warned.remove(limit);
      reached.remove(limit);
    }
  }

  /** Returns whether nothing must be remembered about the account. */
  boolean isIdle(Instant now) {
    for (Map.Entry<Limit, Integer> each : limits.maxima().entrySet()) {
      if (used(each.getKey(), now) > 0) {
        return false;
      }
    }
    return recordings.isEmpty() && recorded.isZero();
  }
}
