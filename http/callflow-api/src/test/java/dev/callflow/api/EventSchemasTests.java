package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.openapi.OpenApi;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventType;
import dev.callflow.published.EveryEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.everit.json.schema.Schema;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document describes each event as it is published. */
class EventSchemasTests {

  private static final ObjectNode DOCUMENT = OpenApi.document();
  private static final Schema EVENT = eventSchema();

  private static Schema eventSchema() {
    JSONObject root = new JSONObject(new JSONTokener(DOCUMENT.toString()));
    root.put("allOf", List.of(new JSONObject("{'$ref': '#/components/schemas/ConferenceEvent'}")));
    return SchemaLoader.builder().schemaJson(root).draftV7Support().build().load().build();
  }

  private static Stream<ConferenceEvent> events() {
    return EveryEvent.ALL.stream();
  }

  @Test
  void everyEventHasASchema() {
    assertThat(
            DOCUMENT
                .at("/components/schemas/ConferenceEvent/discriminator/mapping")
                .propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values()).map(EventType::key).toList());
    assertThat(EveryEvent.ALL)
        .extracting(ConferenceEvent::type)
        .containsExactlyInAnyOrder(EventType.values());
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsValidAndHasNoOtherKeys(ConferenceEvent event) {
    EVENT.validate(new JSONObject(event.json().toString()));
    if (event.type() != EventType.CONFERENCE_REPAIRED) {
      assertThat(described(event.type())).containsAll(Set.copyOf(event.json().propertyNames()));
    }
  }

  /** Returns the keys that an event can have. */
  private static Set<String> described(EventType type) {
    JsonNode schema =
        DOCUMENT.at("/components/schemas/ConferenceEvent/discriminator/mapping").path(type.key());
    Set<String> keys = new TreeSet<>();
    for (JsonNode part : DOCUMENT.at(schema.asString().substring(1)).path("allOf").values()) {
      JsonNode keysOfPart =
          part.has("$ref") ? DOCUMENT.at(part.path("$ref").asString().substring(1)) : part;
      keys.addAll(keysOfPart.path("properties").propertyNames());
    }
    return keys;
  }
}
