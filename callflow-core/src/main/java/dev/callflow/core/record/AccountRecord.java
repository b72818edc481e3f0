package dev.callflow.core.record;

import dev.callflow.core.document.AccountId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One record.
 *
 * @param account the account that it belongs to; empty if it belongs to the host, such as a super
 *     admin's token
 * @param kind the kind
 * @param id the id, which is unique within the account and kind; at most 128 characters
 * @param subject what records are found by besides their id and time, depending on the kind; empty
 *     if the kind has none; at most 256 characters
 * @param at the time by which records are ordered and expire, in milliseconds
 * @param body the content; must not be changed afterwards
 */
public record AccountRecord(
    Optional<AccountId> account,
    RecordKind kind,
    String id,
    String subject,
    Instant at,
    ObjectNode body) {

  private static final int MAX_ID = 128;
  private static final int MAX_SUBJECT = 256;

  /**
   * Truncates the time to milliseconds.
   *
   * @throws IllegalArgumentException if the id is empty or the id or subject is too long
   */
  public AccountRecord {
    if (id.isEmpty() || id.length() > MAX_ID) {
      throw new IllegalArgumentException(
          "the id of a record must have 1 to " + MAX_ID + " characters, not " + id.length());
    }
    if (subject.length() > MAX_SUBJECT) {
      throw new IllegalArgumentException(
          "the subject of a record must have at most "
              + MAX_SUBJECT
              + " characters, not "
              + subject.length());
    }
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Changes the content.
   *
   * @param content the new content
   * @return a changed copy
   */
  public AccountRecord withBody(ObjectNode content) {
    return new AccountRecord(account, kind, id, subject, at, content);
  }

  /**
   * Changes the time.
   *
   * @param time the new time
   * @return a changed copy
   */
  public AccountRecord withTime(Instant time) {
    return new AccountRecord(account, kind, id, subject, time, body);
  }

  /** Omits the content, which may contain names, numbers and hashes. */
  @Override
  public String toString() {
    return kind + " " + id + account.map(owner -> " of " + owner).orElse("");
  }
}
