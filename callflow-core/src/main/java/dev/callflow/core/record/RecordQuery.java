package dev.callflow.core.record;

import dev.callflow.core.document.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Selects records of one kind. Immutable.
 *
 * @param owner whose records
 * @param kind the kind
 * @param subject only records with this subject; empty for all
 * @param from only records at or after this time; empty for no such limit
 * @param until only records before this time; empty for no such limit
 * @param newestFirst whether the order is from the newest record to the oldest; records of the same
 *     time are ordered by id in the same direction
 * @param after the position to continue behind; empty to begin with the first record
 * @param limit the maximum number of records, 1 to {@value #MAX_LIMIT}
 */
public record RecordQuery(
    Owner owner,
    RecordKind kind,
    Optional<String> subject,
    Optional<Instant> from,
    Optional<Instant> until,
    boolean newestFirst,
    Optional<Position> after,
    int limit) {

  /** The largest limit. */
  public static final int MAX_LIMIT = 1_000;

  /** Whose records are selected. */
  public sealed interface Owner {

    /**
     * One account.
     *
     * @param account the account
     */
    record OfAccount(AccountId account) implements Owner {}

    /** The host itself. */
    record OfHost() implements Owner {}

    /** All accounts and the host. */
    record Any() implements Owner {}
  }

  /**
   * A position in the order of records.
   *
   * @param at the time of a record
   * @param id its id
   */
  public record Position(Instant at, String id) {}

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if the limit is out of range
   */
  public RecordQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("the limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
  }

  /**
   * Selects the newest records of an account.
   *
   * @param account the account
   * @param kind the kind
   * @param limit the maximum number of records
   * @return the query, newest first
   */
  public static RecordQuery newest(AccountId account, RecordKind kind, int limit) {
    return of(new Owner.OfAccount(account), kind, true, limit);
  }

  /**
   * Selects the oldest records of all accounts and of the host.
   *
   * @param kind the kind
   * @param limit the maximum number of records
   * @return the query, oldest first
   */
  public static RecordQuery oldest(RecordKind kind, int limit) {
    return of(new Owner.Any(), kind, false, limit);
  }

  private static RecordQuery of(Owner owner, RecordKind kind, boolean newestFirst, int limit) {
    return new RecordQuery(
        owner,
        kind,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        newestFirst,
        Optional.empty(),
        limit);
  }

  /**
   * Selects only records with a subject.
   *
   * @param wanted the subject
   * @return a changed copy
   */
  public RecordQuery subject(String wanted) {
    return new RecordQuery(
        owner, kind, Optional.of(wanted), from, until, newestFirst, after, limit);
  }

  /**
   * Selects only records of a time span.
   *
   * @param first the start, inclusive; empty for none
   * @param end the end, exclusive; empty for none
   * @return a changed copy
   */
  public RecordQuery between(Optional<Instant> first, Optional<Instant> end) {
    return new RecordQuery(owner, kind, subject, first, end, newestFirst, after, limit);
  }

  /**
   * Continues behind a position.
   *
   * @param position the position of the last record of the page before; empty for the first page
   * @return a changed copy
   */
  public RecordQuery after(Optional<Position> position) {
    return new RecordQuery(owner, kind, subject, from, until, newestFirst, position, limit);
  }
}
