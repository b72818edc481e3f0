package dev.callflow.testkit.replay.script;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Problem;
import dev.callflow.testkit.replay.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the expectations of a case. */
final class ExpectedOutcomeReader {

  private static final Set<String> OUTCOMES =
      Arrays.stream(ConferenceOutcome.values())
          .map(ConferenceOutcome::key)
          .collect(Collectors.toSet());

  private static final Set<String> ENDERS =
      Arrays.stream(EndedBy.values())
          .map(by -> by.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());

  private final List<Problem> problems;
  private final Set<String> names;

  ExpectedOutcomeReader(List<Problem> problems, List<ScriptedCaller> calls, Set<String> callees) {
    this.problems = problems;
    this.names = calls.stream().map(ScriptedCaller::name).collect(Collectors.toSet());
    this.names.addAll(callees);
  }

  ExpectedOutcome read(Optional<Fields> found) {
    if (found.isEmpty()) {
      return new ExpectedOutcome(
          Map.of(), List.of(), List.of(), List.of(), Map.of(), Map.of(), List.of());
    }
    Fields expect = found.get();
    Map<String, ExpectedOutcome.OfCall> calls = new LinkedHashMap<>();
    expect.objects(
        "calls",
        (name, call) -> {
          checkCall(call, name);
          calls.put(name, call(call));
        });
    ExpectedOutcome all =
        new ExpectedOutcome(
            calls,
            events(expect, "events"),
            events(expect, "never"),
            snapshots(expect),
            roomHears(expect),
            recordings(expect),
            expect.texts("logs_never"));
    expect.end();
    return all;
  }

  /**
   * Returns whether a name is a number that a room dials. The call at its far end is named {@code
   * <number>/in}.
   */
  private static boolean isDialledNumber(String name) {
    return name.matches("\\+?[0-9*#]{1,32}(/in)?");
  }

  private void checkCall(Fields at, String name) {
    if (!names.contains(name) && !isDialledNumber(name)) {
      at.problem("the case has no call \"" + name + "\"");
    }
  }

  private ExpectedOutcome.OfCall call(Fields call) {
    Optional<List<String>> hears = texts(call, "hears");
    Optional<JsonNode> joins = joins(call);
    Optional<String> outcome = call.text("outcome");
    outcome
        .filter(text -> !OUTCOMES.contains(text))
        .ifPresent(text -> call.problem("outcome", "must be one of " + sorted(OUTCOMES)));
    Optional<List<String>> branch = texts(call, "branch");
    Optional<ObjectNode> ends = call.object("ends").map(ExpectedOutcomeReader::ends);
    Optional<Boolean> answered = call.bool("answered");
    call.end();
    return new ExpectedOutcome.OfCall(hears, joins, outcome, branch, ends, answered);
  }

  private static Optional<List<String>> texts(Fields fields, String key) {
    return fields.has(key) ? Optional.of(fields.texts(key)) : Optional.empty();
  }

  private static Optional<JsonNode> joins(Fields call) {
    Optional<JsonNode> found = call.any("joins");
    if (found.isPresent() && found.get().isBoolean() && !found.get().booleanValue()) {
      return found;
    }
    if (found.isPresent() && !found.get().isObject()) {
      call.problem("joins", "must be false or an object");
      return Optional.empty();
    }
    return call.object("joins").map(ExpectedOutcomeReader::joined);
  }

  private static JsonNode joined(Fields joins) {
    joins.text("conference");
    for (String key : List.of("moderator", "muted", "deaf", "ghost", "video_muted")) {
      joins.bool(key);
    }
    for (String key : List.of("enter_sound", "exit_sound")) {
      joins
          .any(key)
          .filter(sound -> !sound.isString() && !(sound.isBoolean() && !sound.booleanValue()))
          .ifPresent(sound -> joins.problem(key, "must be the name of a sound, or false"));
    }
    joins.duration("at");
    joins.end();
    return joins.node();
  }

  private static ObjectNode ends(Fields ends) {
    ends.text("by")
        .filter(by -> !ENDERS.contains(by))
        .ifPresent(by -> ends.problem("by", "must be one of " + sorted(ENDERS)));
    ends.text("cause");
    ends.duration("at");
    ends.end();
    return ends.node();
  }

  private static String sorted(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }

  private List<ObjectNode> events(Fields expect, String key) {
    List<ObjectNode> all = new ArrayList<>();
    for (Fields event : expect.list(key)) {
      event.text("call").ifPresent(name -> checkName(event, name));
      event.text("event");
      all.add(event.node());
    }
    return all;
  }

  private void checkName(Fields at, String name) {
    if (!names.contains(name) && !isDialledNumber(name)) {
      at.problem("call", "the case has no call \"" + name + "\"");
    }
  }

  private List<ExpectedOutcome.Snapshot> snapshots(Fields expect) {
    List<ExpectedOutcome.Snapshot> all = new ArrayList<>();
    expect.objects(
        "at",
        (text, rooms) -> {
          Optional<Duration> at = Durations.parse(text);
          if (at.isEmpty()) {
            rooms.problem(Durations.FORM);
          }
          for (String name : rooms.node().propertyNames()) {
            Optional<RoomId> room = room(rooms, name);
            Optional<ObjectNode> state = rooms.object(name).map(this::state);
            if (at.isPresent() && room.isPresent() && state.isPresent()) {
              all.add(new ExpectedOutcome.Snapshot(at.get(), room.get(), state.get()));
            }
          }
        });
    return all;
  }

  private ObjectNode state(Fields state) {
    for (String key : List.of("members", "moderators", "waiting")) {
      if (state.any(key).filter(count -> !count.isIntegralNumber()).isPresent()) {
        state.problem(key, "must be a whole number");
      }
    }
    state.bool("is_locked");
    state.bool("running");
    for (Fields participant : state.list("participants")) {
      participant.text("call").ifPresent(name -> checkName(participant, name));
      for (String key : List.of("muted", "deaf", "moderator", "ghost", "video_muted")) {
        participant.bool(key);
      }
      participant.end();
    }
    state.end();
    return state.node();
  }

  private static Optional<RoomId> room(Fields at, String name) {
    int slash = name.indexOf('/');
    if (slash < 1 || slash == name.length() - 1) {
      at.problem(name, "must be \"<account>/<conference id>\"");
      return Optional.empty();
    }
    return Optional.of(
        new RoomId(new AccountId(name.substring(0, slash)), name.substring(slash + 1)));
  }

  private static Map<RoomId, List<String>> roomHears(Fields expect) {
    Map<RoomId, List<String>> all = new LinkedHashMap<>();
    expect
        .object("room_hears")
        .ifPresent(rooms ->
            rooms
                .node()
                .propertyNames()
                .forEach(
                    name -> room(rooms, name).ifPresent(room -> all.put(room, rooms.texts(name)))));
    return all;
  }

  private static Map<RoomId, Integer> recordings(Fields expect) {
    Map<RoomId, Integer> all = new LinkedHashMap<>();
    Optional<Fields> found = expect.object("recordings");
    if (found.isPresent()) {
      Fields rooms = found.get();
      for (String name : rooms.node().propertyNames()) {
        Optional<RoomId> room = room(rooms, name);
        JsonNode count = rooms.any(name).orElse(rooms.node());
        if (!count.isIntegralNumber()) {
          rooms.problem(name, "must be a whole number");
        } else if (room.isPresent()) {
          all.put(room.get(), count.intValue());
        }
      }
    }
    return all;
  }
}
