package dev.callflow.core.record;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long records are kept. Immutable. Kinds without a limit are kept until the code that stored
 * them removes them; tokens also until they expire.
 *
 * @param limits the limits of each kind that has any
 */
public record Retention(Map<RecordKind, Limits> limits) {

  private static final Limits HISTORY = new Limits(Duration.ofDays(90), 100_000);
  private static final Limits AUDIT = new Limits(Duration.ofDays(365), 100_000);

  /**
   * The limits of a kind. A record that exceeds either of them is removed.
   *
   * @param age the maximum age, at least a minute
   * @param perAccount how many of the newest records of each account are kept, at least 1
   */
  public record Limits(Duration age, int perAccount) {

    private static final Duration MINIMUM = Duration.ofMinutes(1);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if a limit is out of range
     */
    public Limits {
      if (age.compareTo(MINIMUM) < 0) {
        throw new IllegalArgumentException(
            "records must be kept for at least a minute, but the maximum age is " + age);
      }
      if (perAccount < 1) {
        throw new IllegalArgumentException(
            "the number of records per account must be at least 1, but is " + perAccount);
      }
    }
  }

  /** Copies the limits. */
  public Retention {
    limits = Map.copyOf(limits);
  }

  /**
   * Returns the retention that applies unless another is set: calls, conferences, participants,
   * refusals, recordings and deliveries are kept for 90 days, the audit for 365 days, and of each
   * kind 100,000 records per account.
   *
   * @return the standard retention
   */
  public static Retention standard() {
    Map<RecordKind, Limits> limits = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : RecordKind.values()) {
      standard(kind).ifPresent(standard -> limits.put(kind, standard));
    }
    return new Retention(limits);
  }

  private static Optional<Limits> standard(RecordKind kind) {
    return switch (kind) {
      case CALL, CONFERENCE, PARTICIPANT, REFUSAL, RECORDING, DELIVERY -> Optional.of(HISTORY);
      case AUDIT -> Optional.of(AUDIT);
      case RUNNING, TOKEN, CREDENTIAL, PENDING_DELIVERY -> Optional.empty();
    };
  }

  /**
   * Changes the limits of one kind.
   *
   * @param kind the kind
   * @param changed its limits
   * @return a changed copy
   */
  public Retention with(RecordKind kind, Limits changed) {
    Map<RecordKind, Limits> all = new EnumMap<>(RecordKind.class);
    all.putAll(limits);
    all.put(kind, changed);
    return new Retention(all);
  }

  /**
   * Changes how long everything but the audit is kept.
   *
   * @param age the maximum age, at least a minute
   * @return a changed copy
   * @throws IllegalArgumentException if the age is out of range
   */
  public Retention history(Duration age) {
    return aged(age, false);
  }

  /**
   * Changes how long the audit is kept.
   *
   * @param age the maximum age, at least a minute
   * @return a changed copy
   * @throws IllegalArgumentException if the age is out of range
   */
  public Retention audit(Duration age) {
    return aged(age, true);
  }

  private Retention aged(Duration age, boolean audit) {
    Map<RecordKind, Limits> all = new EnumMap<>(RecordKind.class);
    limits.forEach((kind, before) ->
        all.put(
            kind,
            (kind == RecordKind.AUDIT) == audit ? new Limits(age, before.perAccount()) : before));
    return new Retention(all);
  }
}
