package dev.callflow.testkit.replay.run;

import dev.callflow.conference.RoomView;
import dev.callflow.conference.kazoo.ControlReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.testkit.replay.result.CallOutcome;
import dev.callflow.testkit.replay.result.CaseResult;
import dev.callflow.testkit.replay.script.CaseScript;
import dev.callflow.testkit.replay.script.ExpectedOutcome;
import dev.callflow.testkit.replay.script.Operation;
import dev.callflow.testkit.replay.text.Durations;
import dev.callflow.testkit.replay.text.Matching;
import dev.callflow.testkit.replay.text.SideBySide;
import dev.callflow.testkit.replay.text.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Compares the facts of a run with the expectations of the case. */
public final class Checks {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final CaseScript file;
  private final Facts facts;
  private final List<String> differences;

  private Checks(CaseScript file, Facts facts) {
    this.file = file;
    this.facts = facts;
    this.differences = new ArrayList<>(facts.failures);
  }

  public static CaseResult compare(CaseScript file, Facts facts) {
    Checks checks = new Checks(file, facts);
    ExpectedOutcome expected = file.expected();
    expected.calls().forEach(checks::call);
    file.control().forEach(checks::reply);
    expected.snapshots().forEach(checks::snapshot);
    expected.roomHears().forEach(checks::roomHears);
    expected.recordings().forEach(checks::recordings);
    checks.differences.addAll(new EventChecks(facts).differences(expected));
    checks.differences.addAll(LogChecks.differences(expected.logsNever(), facts));
    Map<String, CallOutcome> calls = new HashMap<>();
    facts.calls.forEach((id, call) -> calls.put(facts.name(id), call.outcome(facts.name(id))));
    List<String> remarks = new ArrayList<>();
    facts.unfinished.forEach(it ->
        (checks.isFailure(it) ? checks.differences : remarks).add(it.text() + checks.instead(it)));
    List<ObjectNode> events = facts.events.stream().map(it -> it.value().json()).toList();
    return new CaseResult(file.name(), checks.differences, remarks, calls, events);
  }

  /**
   * Returns whether an unfinished script fails the case. A caller who is expected to be refused may
   * still be waiting to join or leave a room.
   */
  private boolean isFailure(Script.Unfinished script) {
    return script
        .awaited()
        .filter(trigger ->
            !trigger.isAboutRooms() || !file.expected().mayStayOutside(facts.name(script.call())))
        .isPresent();
  }

  /** Returns a description of what happened to a caller whose trigger did not occur. */
  private String instead(Script.Unfinished script) {
    CallFacts call = facts.calls.get(script.call());
    return call == null
        ? "; nothing happened to this call"
        : "; instead:\n" + call.outcome(facts.name(script.call()));
  }

  private void call(String name, ExpectedOutcome.OfCall expected) {
    CallFacts was = facts.calls.get(facts.id(name));
    if (was == null) {
      differences.add(name + ": this call did not take place");
      return;
    }
    expected.hears().ifPresent(media -> list(name + " hears", media, was.heard));
    expected.joins().ifPresent(joins -> joins(name, joins, was));
    expected
        .outcome()
        .ifPresent(outcome ->
            same(
                name + ": outcome",
                outcome,
                was.outcomes.isEmpty() ? "none" : was.outcomes.getFirst().key()));
    expected.branch().ifPresent(branch -> same(name + ": branch", branch, was.branch()));
    expected.ends().ifPresent(ends -> ends(name, ends, was));
    expected.answered().ifPresent(answered -> same(name + ": answered", answered, was.answered));
  }

  private void same(String what, Object expected, Object was) {
    if (!expected.equals(was)) {
      differences.add("%s: expected %s, but was %s".formatted(what, expected, was));
    }
  }

  private void list(String what, List<String> expected, List<Timed<String>> was) {
    if (!expected.equals(was.stream().map(Timed::value).toList())) {
      differences.add(what + ":\n" + SideBySide.text(expected, was));
    }
  }

  private void joins(String name, JsonNode expected, CallFacts was) {
    Timed<CallFacts.Joining> joined = was.joined;
    if (joined == null) {
      if (expected.isObject()) {
        differences.add(name + ": expected to join, but did not");
      }
      return;
    }
    if (!expected.isObject()) {
      differences.add(
          "%s: expected not to join, but did at %s: %s"
              .formatted(name, Durations.text(joined.at()), joined.value().room()));
      return;
    }
    object(name + ": joins", (ObjectNode) expected, joining(joined), joined.at());
  }

  private static ObjectNode joining(Timed<CallFacts.Joining> joined) {
    CallFacts.Joining joining = joined.value();
    ObjectNode was =
        JSON.objectNode()
            .put("conference", joining.room().conference())
            .put("moderator", joining.member().moderator())
            .put("muted", joining.member().muted())
            .put("deaf", joining.member().deaf())
            .put("ghost", joining.member().ghost())
            .put("video_muted", joining.member().videoMuted());
    was.set("enter_sound", sound(joining.enterSound()));
    was.set("exit_sound", sound(joining.exitSound()));
    return was;
  }

  private static JsonNode sound(Optional<String> sound) {
    return sound.<JsonNode>map(JSON::stringNode).orElseGet(() -> JSON.booleanNode(false));
  }

  private void ends(String name, ObjectNode expected, CallFacts was) {
    Timed<CallFacts.End> end = was.end;
    if (end == null) {
      differences.add(name + ": expected to end, but did not");
      return;
    }
    ObjectNode actual =
        JSON.objectNode()
            .put("by", end.value().by().name().toLowerCase(Locale.ROOT))
            .put("cause", end.value().cause().name());
    object(name + ": ends", expected, actual, end.at());
  }

  /** Reports each expected key that does not match. */
  private void object(String what, ObjectNode expected, ObjectNode was, Duration at) {
    for (String key : expected.propertyNames()) {
      JsonNode required = expected.get(key);
      if (key.equals("at")) {
        Duration when = Durations.parse(required.stringValue()).orElseThrow();
        if (!when.equals(at)) {
          differences.add(
              "%s: at: expected %s, but was %s"
                  .formatted(what, required.stringValue(), at.toMillis() + "ms"));
        }
      } else if (!Matching.matches(required, was.path(key))) {
        differences.add(
            "%s: %s: expected %s, but was %s".formatted(what, key, required, was.path(key)));
      }
    }
  }

  private void reply(Operation operation) {
    ControlReply reply = facts.replies.get(operation);
    String what = "%s %s (%s)".formatted(operation.place(), operation.action(), operation.room());
    if (reply == null) {
      if (operation.reply().isPresent() || operation.returns().isPresent()) {
        differences.add(what + ": got no reply");
      }
      return;
    }
    JsonNode data =
        switch (reply) {
          case ControlReply.Ok(JsonNode ok) -> ok;
          case ControlReply.Refused(var reason, JsonNode why) -> why;
          case ControlReply.Unknown(String why) -> JSON.stringNode(why);
        };
    String code =
        switch (reply) {
          case ControlReply.Ok ok -> "ok";
          case ControlReply.Refused refused -> refused.reason().code();
          case ControlReply.Unknown unknown -> "unknown";
        };
    operation
        .reply()
        .filter(expected -> !expected.equals(code))
        .ifPresent(expected ->
            differences.add(
                "%s: expected the reply %s, but got %s %s".formatted(what, expected, code, data)));
    operation
        .returns()
        .filter(expected -> !Matching.matches(expected, data))
        .ifPresent(expected ->
            differences.add(
                "%s: expected to return %s, but returned %s".formatted(what, expected, data)));
  }

  private void snapshot(ExpectedOutcome.Snapshot expected) {
    Optional<RoomView> view =
        Optional.ofNullable(facts.views.get(expected)).flatMap(found -> found);
    ObjectNode was = RoomPicture.of(view, facts);
    if (!Matching.matches(expected.state(), was)) {
      differences.add(
          "%s at %s:%n  expected %s%n  was      %s"
              .formatted(expected.room(), Durations.text(expected.at()), expected.state(), was));
    }
  }

  private void roomHears(RoomId room, List<String> expected) {
    list(room + " hears", expected, facts.roomHeard.getOrDefault(room, List.of()));
  }

  private void recordings(RoomId room, Integer expected) {
    same(room + ": recordings", expected, facts.recordings.getOrDefault(room, 0));
  }
}
