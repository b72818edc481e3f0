package dev.callflow.conference.journal;

import dev.callflow.core.call.Position;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes positions as JSON. */
final class PositionWords {

  private PositionWords() {}

  static ObjectNode write(Position position) {
    ObjectNode words = Json.object();
    words.put("account", position.account().value()).put("number", position.number());
    words.set("node", place(position.node()));
    position.saved().forEach(saved -> words.withArray("/saved").add(place(saved)));
    position.step().forEach(words.putObject("step")::put);
    return words;
  }

  private static ObjectNode place(Position.Place place) {
    return Json.object().put("callflow", place.callflow()).put("path", place.path());
  }

  static Position read(JsonNode words) {
    Map<String, String> step = new HashMap<>();
    words.path("step").properties().forEach(it -> step.put(it.getKey(), it.getValue().asString()));
    return new Position(
        new AccountId(words.path("account").asString("")),
        words.path("number").asString(""),
        place(words.path("node")),
        words.path("saved").valueStream().map(PositionWords::place).toList(),
        step);
  }

  private static Position.Place place(JsonNode place) {
    return new Position.Place(place.path("callflow").asString(""), place.path("path").asString(""));
  }
}
