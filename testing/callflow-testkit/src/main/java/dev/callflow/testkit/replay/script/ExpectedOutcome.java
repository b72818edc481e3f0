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
 * The expected outcome of a case.
 *
 * @param calls the expected outcomes of calls, by name
 * @param events the events that must be published in this order; others may come in between
 * @param never the events that must not be published
 * @param snapshots the expected states of rooms at certain times
 * @param roomHears the media that must be played to whole rooms
 * @param recordings the expected number of recordings of each room
 * @param logsNever text that must not appear in any log line, event or exception
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

  /** Returns whether the case expects this call not to join a room, or some call to be refused. */
  public boolean mayStayOutside(String call) {
    OfCall expected = calls.get(call);
    boolean someCall =
        events.stream().anyMatch(it -> it.path("event").asString("").equals("conference-denied"));
    return someCall
        || expected != null
            && (expected.joins().filter(JsonNode::isBoolean).isPresent()
                || expected.outcome().filter(it -> !OUTCOMES_INSIDE.contains(it)).isPresent());
  }

  /**
   * The expected outcome of one call. Empty components are not checked.
   *
   * @param hears everything that is played to the caller outside rooms
   * @param joins {@code false} if the caller must not join; otherwise an object whose every key
   *     must match
   * @param outcome the outcome of the first conference node
   * @param branch the modules that run after the first conference node
   * @param ends the end of the call; every key must match
   * @param answered whether the call is answered
   */
  public record OfCall(
      Optional<List<String>> hears,
      Optional<JsonNode> joins,
      Optional<String> outcome,
      Optional<List<String>> branch,
      Optional<ObjectNode> ends,
      Optional<Boolean> answered) {}

  /**
   * The expected state of a room at a certain time.
   *
   * @param at the time since the start of the case
   * @param room the room
   * @param state the expected state; every key must match
   */
  public record Snapshot(Duration at, RoomId room, ObjectNode state) {}
}
