package dev.callflow.api.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the time at which a token expires. */
public final class Expiry {

  /** The format, for messages. */
  public static final String FORMAT = "a time such as \"2027-01-31T12:00:00Z\"";

  private Expiry() {}

  /**
   * Reads a time.
   *
   * @param text a time with its offset, in the format of ISO 8601
   * @return the time; empty if the text has another format
   */
  public static Optional<Instant> read(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
