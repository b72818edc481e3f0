package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.core.document.Json;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of an action, as it is stored in a variable of the room.
 *
 * @param at the time of the request
 * @param fingerprint identifies the action; see {@link #fingerprint(ConferenceAction)}
 * @param result the result
 */
record KeptResult(Instant at, String fingerprint, ActionResult result) {

  /** Longer results, such as those of dials to many endpoints, are not stored. */
  private static final int MAX_LENGTH = 8_192;

  /**
   * Returns the result as text that consists of letters, digits, {@code -} and {@code _}; empty if
   * the result is unknown or too long.
   */
  Optional<String> text() {
    ObjectNode text = Json.object().put("at", at.toEpochMilli()).put("action", fingerprint);
    switch (result) {
      case ActionResult.Done(List<DialledEndpoint> legs) -> {
        ArrayNode rows = text.putArray("done");
        for (DialledEndpoint leg : legs) {
          rows.addArray()
              .add(leg.endpoint())
              .add(leg.callId())
              .add(leg.jobId())
              .add(leg.joined())
              .add(leg.message());
        }
      }
      case ActionResult.Refused(var reason, String field, String rule, String message) ->
          text.putArray("refused").add(reason.name()).add(field).add(rule).add(message);
      case ActionResult.Unknown unknown -> {
        return Optional.empty();
      }
    }
    return Optional.of(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8)))
        .filter(it -> it.length() <= MAX_LENGTH);
  }

  /** Reads the text that {@link #text} returns; returns empty if the text is invalid. */
  static Optional<KeptResult> read(String text) {
    try {
      JsonNode read =
          Json.read(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
      return Optional.of(
          new KeptResult(
              Instant.ofEpochMilli(read.path("at").asLong(0)),
              read.path("action").asString(""),
              read.has("refused") ? refused(read.path("refused")) : done(read.path("done"))));
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  private static ActionResult refused(JsonNode row) {
    return new ActionResult.Refused(
        ActionResult.Reason.valueOf(row.path(0).asString("")),
        row.path(1).asString(""),
        row.path(2).asString(""),
        row.path(3).asString(""));
  }

  private static ActionResult done(JsonNode rows) {
    List<DialledEndpoint> legs = new ArrayList<>();
    for (JsonNode row : rows.values()) {
      legs.add(
          new DialledEndpoint(
              row.path(0).asString(""),
              row.path(1).asString(""),
              row.path(2).asString(""),
              row.path(3).asBoolean(false),
              row.path(4).asString("")));
    }
    return new ActionResult.Done(legs);
  }

  /** Returns a text that is the same for equal actions, in this process and in any other. */
  static String fingerprint(ConferenceAction action) {
    return KeptVariables.digest(canonical(action));
  }

  /** Describes a value as text; sorts sets and maps, whose order can differ between processes. */
  private static String canonical(Object value) {
    return switch (value) {
      case Record record -> {
        StringBuilder text = new StringBuilder(record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          text.append('|').append(canonical(read(record, component)));
        }
        yield text.append('/').toString();
      }
      case Map<?, ?> map -> {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put(canonical(key), canonical(each)));
        yield sorted.toString();
      }
      case Set<?> set -> set.stream().map(KeptResult::canonical).sorted().toList().toString();
      case Collection<?> list -> list.stream().map(KeptResult::canonical).toList().toString();
      case Optional<?> maybe -> maybe.map(KeptResult::canonical).orElse("-");
      default -> String.valueOf(value);
    };
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
