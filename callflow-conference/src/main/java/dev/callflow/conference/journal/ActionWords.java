package dev.callflow.conference.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.Endpoint;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes actions as JSON and their results as text. */
final class ActionWords {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(ConferenceAction.class, ByName.class)
          .addMixIn(Endpoint.class, ByName.class)
          .registerSubtypes(records(ConferenceAction.class).toArray(Class<?>[]::new))
          .registerSubtypes(records(Endpoint.class).toArray(Class<?>[]::new))
          .build();

  private ActionWords() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  private interface ByName {}

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(ActionWords::records)
        : Stream.of(type);
  }

  static ObjectNode write(ConferenceAction action) {
    return (ObjectNode)
        MAPPER.readTree(MAPPER.writerFor(ConferenceAction.class).writeValueAsString(action));
  }

  static ConferenceAction read(JsonNode what) {
    return MAPPER.treeToValue(what, ConferenceAction.class);
  }

  static String text(ActionResult result) {
    return switch (result) {
      case ActionResult.Done done ->
          "done"
              + done.dialled().stream()
                  .map(leg -> ", " + leg.endpoint() + (leg.joined() ? " joined" : " did not join"))
                  .collect(Collectors.joining());
      case ActionResult.Refused refused ->
          "refused: " + refused.reason().name().toLowerCase(Locale.ROOT);
      case ActionResult.Unknown unknown -> "unknown";
    };
  }
}
