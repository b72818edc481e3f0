package dev.callflow.api.history;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.Violations;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a history that a client requests.
 *
 * @param size the maximum number of rows
 * @param ascending whether the oldest rows come first
 * @param from only rows at or after this time
 * @param until only rows before this time
 * @param after the position behind which the page begins
 * @param conference only rows of this conference
 */
record HistoryQuery(
    int size,
    boolean ascending,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<RecordQuery.Position> after,
    Optional<String> conference) {

  /** The parameter that selects the rows of one conference. */
  static final String CONFERENCE = "filter_conference_id";

  private static final List<String> PARAMETERS =
      List.of("page_size", "start_key", "ascending", "created_from", "created_to");

  private static final int DEFAULT_SIZE = 50;

  private static final Pattern KEY = Pattern.compile("(\\d{1,15}):(.{1,128})", Pattern.DOTALL);

  /** A query that has been read, or the answer that says why it cannot be. */
  sealed interface Parsed {

    /** The query is valid. */
    record Good(HistoryQuery query) implements Parsed {}

    /** The query is invalid. */
    record Bad(Answer answer) implements Parsed {}
  }

  /**
   * Reads the query parameters of a request.
   *
   * @param filters the names of the filters that the list has
   */
  static Parsed parse(Map<String, String> parameters, List<String> filters) {
    List<String> known = new ArrayList<>(PARAMETERS);
    known.addAll(filters);
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        return bad(name, "unknown", "is not a parameter of this list, which has " + known);
      }
    }
    Optional<Integer> size = size(parameters.getOrDefault("page_size", "" + DEFAULT_SIZE));
    if (size.isEmpty()) {
      return bad("page_size", "range", "must be a number from 1 to " + RecordQuery.MAX_LIMIT);
    }
    String ascending = parameters.getOrDefault("ascending", "false");
    if (!ascending.equals("true") && !ascending.equals("false")) {
      return bad("ascending", "enum", "must be true or false");
    }
    for (String name : List.of("created_from", "created_to")) {
      if (!parameters.getOrDefault(name, "0").matches("\\d{1,12}")) {
        return bad(name, "type", "must be a time in seconds since the year 0");
      }
    }
    String key = parameters.getOrDefault("start_key", "");
    Optional<RecordQuery.Position> after = position(key);
    if (after.isEmpty() && !key.isEmpty()) {
      return bad("start_key", "pattern", "must be the next_start_key of an earlier answer");
    }
    return new Parsed.Good(
        new HistoryQuery(
            size.get(),
            ascending.equals("true"),
            time(parameters, "created_from"),
            // Kazoo's span contains its last second.
            time(parameters, "created_to").map(it -> it.plusSeconds(1)),
            after,
            Optional.ofNullable(parameters.get(CONFERENCE))));
  }

  private static Parsed bad(String name, String rule, String message) {
    return new Parsed.Bad(Violations.of(name, rule, message));
  }

  private static Optional<Integer> size(String text) {
    return Optional.of(text)
        .filter(it -> it.matches("\\d{1,4}"))
        .map(Integer::parseInt)
        .filter(it -> it >= 1 && it <= RecordQuery.MAX_LIMIT);
  }

  private static Optional<Instant> time(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name))
        .map(Long::parseLong)
        .map(GregorianTime::toInstant);
  }

  /** Returns the query for the store. It asks for one row more, to know whether a page follows. */
  RecordQuery of(AccountId account, RecordKind kind, Optional<String> subject) {
    return new RecordQuery(
        new RecordQuery.Owner.OfAccount(account),
        kind,
        subject,
        from,
        until,
        !ascending,
        after,
        Math.min(size + 1, RecordQuery.MAX_LIMIT));
  }

  /** Returns the opaque text for a position. */
  static String key(RecordQuery.Position position) {
    String text = position.at().toEpochMilli() + ":" + position.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<RecordQuery.Position> position(String key) {
    try {
      Matcher parts =
          KEY.matcher(new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8));
      return parts.matches()
          ? Optional.of(
              new RecordQuery.Position(
                  Instant.ofEpochMilli(Long.parseLong(parts.group(1))), parts.group(2)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      // The text is not Base64, so it does not come from this API.
      return Optional.empty();
    }
  }
}
