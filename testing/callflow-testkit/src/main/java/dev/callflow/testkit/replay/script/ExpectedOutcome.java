package dev.callflow.testkit.replay.script;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must come of a case.
 *
 * @param calls by the names of the calls
 * @param events what must be published in this order, among others
 * @param never what must not be published
 * @param snapshots how rooms must be at certain times
 * @param roomHears what whole rooms must hear
 * @param recordings how many recordings of rooms there must be
 * @param logsNever what must not stand in any log line, event or exception
 */
public record ExpectedOutcome(
    Map<String, OfCall> calls,
    List<ObjectNode> events,
    List<ObjectNode> never,
    List<Snapshot> snapshots,
    Map<RoomId, List<String>> roomHears,
    Map<RoomId, Integer> recordings,
    List<String> logsNever) {

  private static final Set<String> OUTCOMES_INSIDE =
      Stream.of(
              ConferenceOutcome.LEFT,
              ConferenceOutcome.KICKED,
              ConferenceOutcome.ENDED,
              ConferenceOutcome.MOVED)
          .map(ConferenceOutcome::key)
          .collect(Collectors.toSet());

  /** Tells whether the case says that a call is not let in, or that some are not. */
  public boolean mayStayOutside(String call) {
    OfCall expected = calls.get(call);
    boolean somebody =
        events.stream().anyMatch(it -> it.path("event").asString("").equals("conference-denied"));
    return somebody
        || expected != null
            && (expected.joins().filter(JsonNode::isBoolean).isPresent()
                || expected.outcome().filter(it -> !OUTCOMES_INSIDE.contains(it)).isPresent());
  }

  /**
   * What must come of one call; what is empty does not matter.
   *
   * @param hears everything that is played to it outside the room
   * @param joins {@code false}, or of which every key must match
   * @param outcome the outcome of its first conference element
   * @param branch the modules that run after its first conference node
   * @param ends of which every key must match
   * @param answered whether it is answered
   */
  public record OfCall(
      Optional<List<String>> hears,
      Optional<JsonNode> joins,
      Optional<String> outcome,
      Optional<List<String>> branch,
      Optional<ObjectNode> ends,
      Optional<Boolean> answered) {}

  /**
   * How a room must be at one time.
   *
   * @param at when
   * @param room the room
   * @param state of which every key must match
   */
  public record Snapshot(Duration at, RoomId room, ObjectNode state) {}
}
