package dev.callflow.testkit.replay.run;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.call.CallId;
import dev.callflow.testkit.replay.script.ExpectedOutcome;
import dev.callflow.testkit.replay.text.Durations;
import dev.callflow.testkit.replay.text.Matching;
import dev.callflow.testkit.replay.text.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares the published events with those that a case expects and forbids. */
final class EventChecks {

  private final Facts facts;

  EventChecks(Facts facts) {
    this.facts = facts;
  }

  List<String> differences(ExpectedOutcome expected) {
    List<String> all = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < expected.events().size(); i++) {
      ObjectNode event = expected.events().get(i);
      int found = find(event, from);
      if (found < 0) {
        all.add(
            String.format(
                Locale.ROOT,
                "events: number %d was not published%s: %s%npublished events:%n%s",
                i + 1,
                i == 0 ? "" : " after the ones before it",
                event,
                published()));
        break;
      }
      from = found + 1;
    }
    for (ObjectNode event : expected.never()) {
      int found = find(event, 0);
      if (found >= 0) {
        Timed<ConferenceEvent> was = facts.events.get(found);
        all.add(
            "never: %s was published at %s: %s"
                .formatted(event, Durations.text(was.at()), was.value().payload()));
      }
    }
    return all;
  }

  private int find(ObjectNode expected, int from) {
    for (int i = from; i < facts.events.size(); i++) {
      if (matches(expected, facts.events.get(i).value())) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns whether every key matches the payload. The key {@code call} contains the name of a
   * call, and the id of that call is compared.
   */
  private boolean matches(ObjectNode expected, ConferenceEvent was) {
    return expected
        .propertyStream()
        .allMatch(key ->
            key.getKey().equals("call")
                ? key.getValue().isString()
                    && facts
                        .id(key.getValue().stringValue())
                        .value()
                        .equals(was.payload().path("call_id").asString(""))
                : Matching.matches(key.getValue(), value(was, key.getKey())));
  }

  private static JsonNode value(ConferenceEvent event, String key) {
    return event.payload().path(key);
  }

  private String published() {
    return facts.events.stream()
        .map(event -> "  %-8s %s".formatted(Durations.text(event.at()), line(event.value())))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private String line(ConferenceEvent event) {
    String call = event.payload().path("call_id").asString("");
    return "%-20s %s %s"
        .formatted(event.event(), event.room(), call.isEmpty() ? "" : facts.name(new CallId(call)));
  }
}
