package dev.callflow.conference.journal;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.kept.KeptSettings;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.mixer.AdoptedMember;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Writes the lines of a journal. Safe for use by any thread. */
final class JournalWriter {

  /** The call variables that influence decisions. */
  private static final List<String> VARIABLES =
      List.of(
          "callflow_account_id",
          "callflow_authorizing_type",
          "callflow_authorizing_id",
          "callflow_owner_id");

  private final TimeSource time;
  private final Instant start;
  private final Redaction redaction;
  private final JournalSink out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Seat, CallId> members = new ConcurrentHashMap<>();

  /** The rooms that were already running, and whose settings have been written. */
  private final Set<RoomId> described = ConcurrentHashMap.newKeySet();

  private long operators;

  private record Seat(RoomId room, String number) {}

  JournalWriter(TimeSource time, boolean maskNumbers, JournalSink out) {
    this.time = time;
    this.start = time.now();
    this.redaction = new Redaction(maskNumbers);
    this.out = out;
  }

  void arrives(CallId leg, IncomingCall call) {
    cameIn(leg, "arrives", line -> describe(call, line));
  }

  private void describe(IncomingCall call, ObjectNode line) {
    line.put("to", call.number());
    line.put("from", redaction.number(call.callerNumber()));
    line.put("name", redaction.name(call.callerName()));
    call.realm().ifPresent(realm -> line.put("realm", realm));
    ObjectNode variables = line.putObject("vars");
    VARIABLES.forEach(name -> call.variable(name).ifPresent(value -> variables.put(name, value)));
  }

  /** Writes that a member of a room that was already running has been adopted. */
  void adopted(RoomId room, AdoptedMember adopted, boolean muted, boolean deaf) {
    cameIn(
        adopted.leg().id(),
        "adopted",
        line -> {
          describe(adopted.incoming(), line);
          line.put("account", room.account().value()).put("conference", room.conference());
          line.put("muted", muted).put("deaf", deaf);
          line.set("position", PositionWords.write(adopted.position()));
        });
  }

  /** Writes the settings and roles of a room that was already running, once. */
  void kept(RoomId room, KeptVariables kept, boolean locked) {
    if (described.add(room)) {
      ObjectNode line = describe(line("room", room.toString()), room, kept.settings(locked));
      ObjectNode roles = line.putObject("roles");
      kept.roles().forEach((call, moderator) -> roles.put(call.value(), moderator.booleanValue()));
      write(line);
    }
  }

  /** Writes the settings that an earlier process kept with a call. */
  void kept(CallId call, RoomId room, KeptSettings settings) {
    write(describe(line("call", call.value()), room, settings));
  }

  /** The results of actions are left out: in a replay, each action is performed. */
  private ObjectNode describe(ObjectNode line, RoomId room, KeptSettings settings) {
    line.put("in", "kept");
    line.put("account", room.account().value()).put("conference", room.conference());
    Set<String> bans =
        settings.bans().stream().map(redaction::number).collect(Collectors.toUnmodifiableSet());
    KeptSettings written =
        new KeptSettings(
            settings.revision(),
            settings.locked(),
            settings.limit(),
            bans,
            settings.variables(),
            Map.of());
    line.put("settings", written.text());
    return line;
  }

  /** Writes that the mixer refused a command, because a replay cannot know that. */
  void refused(RoomId room, String command) {
    write(line("room", room.toString()).put("in", "refused").put("command", command));
  }

  /** Writes an operator's action; the returned listener writes its result. */
  Consumer<ActionResult> asks(RoomId room, ConferenceAction action) {
    ObjectNode what = redaction.action(ActionWords.write(action));
    for (String key : List.of("participant", "other")) {
      CallId member = members.get(new Seat(room, what.path(key).asString("")));
      if (member != null) {
        what.put(key, member.value());
      }
    }
    lock.lock();
    try {
      long number = ++operators;
      ObjectNode line = line("operator", String.valueOf(number)).put("in", "asks");
      line.put("account", room.account().value()).put("conference", room.conference());
      line.set("what", what);
      pass(line);
      return result ->
          write(line("operator", String.valueOf(number)).put("out", ActionWords.text(result)));
    } finally {
      lock.unlock();
    }
  }

  void isIn(RoomId room, int number, CallId member) {
    members.put(new Seat(room, String.valueOf(number)), member);
  }

  void isOut(RoomId room, int number) {
    members.remove(new Seat(room, String.valueOf(number)));
  }

  void decided(CallId call, String what) {
    write(line("call", call.value()).put("out", what));
  }

  /**
   * Writes a decision about a member or a room. Such lines have no defined order relative to those
   * of calls.
   */
  void decided(RoomId room, String about, String what) {
    write(line("room", room.toString()).put("about", about).put("out", what));
  }

  void cameIn(CallId call, String in, Consumer<ObjectNode> what) {
    ObjectNode line = line("call", call.value()).put("in", in);
    what.accept(line);
    write(line);
  }

  private ObjectNode line(String kind, String id) {
    return Json.object().put("t", Duration.between(start, time.now()).toMillis()).put(kind, id);
  }

  private void write(ObjectNode line) {
    lock.lock();
    try {
      pass(line);
    } finally {
      lock.unlock();
    }
  }

  private void pass(ObjectNode line) {
    out.line(line.path("t").asLong(), line.toString());
  }
}
