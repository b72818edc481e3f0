package dev.callflow.testkit.replay.run;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.testkit.replay.script.ExpectedOutcome;
import dev.callflow.testkit.replay.text.Durations;
import dev.callflow.testkit.replay.text.Matching;
import dev.callflow.testkit.replay.text.Timed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Compares the published events with those that a case expects and forbids. */
final class EventChecks {

  private final Facts facts;

  /** The JSON of the events that have been compared, by their positions. */
  private final Map<Integer, ObjectNode> json = new HashMap<>();

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
                .formatted(event, Durations.text(was.at()), json(found)));
      }
    }
    return all;
  }

  private int find(ObjectNode expected, int from) {
    for (int i = from; i < facts.events.size(); i++) {
      if (matches(expected, i)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns whether every key matches the JSON of an event. The key {@code call} contains the name
   * of a call, and the id of that call is compared.
   */
  private boolean matches(ObjectNode expected, int position) {
    ObjectNode was = json(position);
    return expected
        .propertyStream()
        .allMatch(key ->
            key.getKey().equals("call")
                ? key.getValue().isString()
                    && facts
                        .id(key.getValue().stringValue())
                        .value()
                        .equals(was.path("call_id").asString(""))
                : Matching.matches(key.getValue(), was.path(key.getKey())));
  }

  private ObjectNode json(int position) {
    return json.computeIfAbsent(position, it -> facts.events.get(it).value().json());
  }

  private String published() {
    return facts.events.stream()
        .map(event -> "  %-8s %s".formatted(Durations.text(event.at()), line(event.value())))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private String line(ConferenceEvent event) {
    return "%-20s %s %s"
        .formatted(event.name(), event.room(), event.callId().map(facts::name).orElse(""));
  }
}
