package dev.callflow.api.audit;

import dev.callflow.api.access.Expiry;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.route.ParameterRule;
import dev.callflow.api.route.Parameters;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of the audit that a client asks for. */
sealed interface AuditPage {

  /** The number of entries of a page by default. */
  int SIZE = 50;

  /** The parameters, whose values are checked here. */
  Parameters PARAMETERS =
      Parameters.OWN
          .with("page_size", ParameterRule.TEXT)
          .with("start_key", ParameterRule.TEXT)
          .with("from", ParameterRule.TEXT)
          .with("to", ParameterRule.TEXT);

  /** The text behind the opaque start of a page. */
  Pattern START = Pattern.compile("(\\d{1,15})/([0-9a-f]{1,64})");

  /** The request is valid. */
  record Good(RecordQuery query) implements AuditPage {}

  /** The request is not valid. */
  record Bad(Answer refusal) implements AuditPage {}

  static AuditPage read(RecordQuery.Owner owner, Map<String, String> query) {
    String size = query.getOrDefault("page_size", String.valueOf(SIZE));
    if (!size.matches("[1-9]\\d{0,3}") || Integer.parseInt(size) > RecordQuery.MAX_LIMIT) {
      return bad("page_size", "must be a number from 1 to " + RecordQuery.MAX_LIMIT);
    }
    for (String key : new String[] {"from", "to"}) {
      if (query.containsKey(key) && time(query, key).isEmpty()) {
        return bad(key, "must be " + Expiry.FORMAT);
      }
    }
    Optional<RecordQuery.Position> start =
        Optional.ofNullable(query.get("start_key")).flatMap(AuditPage::position);
    if (query.containsKey("start_key") && start.isEmpty()) {
      return bad("start_key", "must be the next_start_key of a page before");
    }
    return new Good(
        new RecordQuery(
            owner,
            RecordKind.AUDIT,
            Optional.empty(),
            time(query, "from"),
            time(query, "to"),
            true,
            start,
            Integer.parseInt(size)));
  }

  private static AuditPage bad(String key, String message) {
    return new Bad(Violations.of(key, "invalid", message));
  }

  private static Optional<Instant> time(Map<String, String> query, String key) {
    return Optional.ofNullable(query.get(key)).flatMap(Expiry::read);
  }

  /** Returns the start of the page that begins behind an entry. */
  static String after(AccountRecord last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (last.at().toEpochMilli() + "/" + last.id()).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<RecordQuery.Position> position(String key) {
    try {
      Matcher text =
          START.matcher(new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8));
      return text.matches()
          ? Optional.of(
              new RecordQuery.Position(
                  Instant.ofEpochMilli(Long.parseLong(text.group(1))), text.group(2)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
