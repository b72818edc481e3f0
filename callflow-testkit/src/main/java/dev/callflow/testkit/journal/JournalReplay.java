package dev.callflow.testkit.journal;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.room.DialOrder;
import dev.callflow.conference.room.DialTarget;
import dev.callflow.conference.room.Mixer;
import dev.callflow.conference.room.WrappedMixer;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.testkit.Phase;
import dev.callflow.testkit.VirtualTime;
import dev.callflow.testkit.inprocess.FarEnds;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import dev.callflow.testkit.model.FarEnd;
import dev.callflow.testkit.model.MediaLibrary;
import dev.callflow.testkit.model.NewChannel;
import dev.callflow.testkit.model.SimulatedSwitch;
import dev.callflow.testkit.model.SwitchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import tools.jackson.databind.JsonNode;

/**
 * Runs a journal again, in virtual time on a simulated switch: the same callers call, press and
 * hang up, operators ask for the same, and those whom they call answer, all at the same times; and
 * what the engine decides now is compared with what it decided then.
 *
 * <p>A PIN that is masked in the journal is replaced by one of the room's that makes of the caller
 * what he became; a wrong one by a wrong one. A journal may end while calls go on, and in the
 * middle of its last line.
 */
public final class JournalReplay {

  /** What was begun when the journal ended is let come to its end. */
  private static final Duration AFTERMATH = Duration.ofSeconds(5);

  private final List<JsonNode> lines;
  private final PressedKeys keys;
  private final VirtualTime time = new VirtualTime();
  private final SimulatedSwitch model;
  private final InProcessSwitch ports;
  private final List<JsonNode> now = new ArrayList<>();
  private final Conferences conferences;
  private final CallflowEngine engine;

  private JournalReplay(
      List<JsonNode> lines, DocumentStore documents, Optional<AccountId> defaultAccount) {
    this.lines = lines;
    keys = PressedKeys.of(lines, documents, defaultAccount);
    model = new SimulatedSwitch(time, SwitchSettings.seeded(1, media()));
    ports = new InProcessSwitch(model, time).farEnds(new AsWritten());
    Journal journal = new Journal(time, false, line -> now.add(Json.read(line)), () -> {});
    Mixer named = new SameNames(ports.mixer(), names());
    conferences =
        Conferences.builder(documents, journal.mixer(named), time)
            .observer(journal.observer((call, outcome) -> {}))
            .build();
    CallflowEngine.Builder builder =
        CallflowEngine.builder(documents, time).modules(conferences.modules()).legs(journal::leg);
    defaultAccount.ifPresent(builder::defaultAccount);
    engine = builder.build();
  }

  /**
   * What came of a replay.
   *
   * @param calls how many calls came in
   * @param decisions how many decisions were the same, each call's until its first that differs
   * @param difference the first decision that differs, worded; empty if none does
   */
  public record Result(int calls, int decisions, Optional<String> difference) {}

  /** What a comparison finds. */
  record Difference(int same, Optional<String> text) {}

  /**
   * Replays a journal; blocks until it is over.
   *
   * @param journal the file
   * @param documents accounts, callflows and conferences, as they were
   * @param defaultAccount the account of calls that belong to no other
   * @return what came of it
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no journal, with the line's number
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static Result run(
      Path journal, DocumentStore documents, Optional<AccountId> defaultAccount)
      throws IOException, InterruptedException {
    return new JournalReplay(JournalFile.read(journal), documents, defaultAccount).run();
  }

  private Result run() throws InterruptedException {
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      int place = i;
      Phase phase = line.has("operator") ? Phase.OPERATORS : Phase.CALLS;
      if (line.has("in")) {
        time.at(at(line), phase, "journal line " + (i + 1), () -> cameIn(line, place));
      }
    }
    Duration end = lines.isEmpty() ? Duration.ZERO : at(lines.getLast());
    time.run(end.plus(AFTERMATH), () -> model.channels().isEmpty() && time.timers() == 0);
    List<JsonNode> again = List.copyOf(now);
    time.close();
    Difference found = new Decisions(lines).compare(new Decisions(again), end.toMillis());
    long calls = lines.stream().filter(line -> in(line).equals("arrives")).count();
    return new Result((int) calls, found.same(), found.text());
  }

  private static Duration at(JsonNode line) {
    return Duration.ofMillis(line.path("t").asLong());
  }

  private static String in(JsonNode line) {
    return line.path("in").asString("");
  }

  private void cameIn(JsonNode line, int place) {
    String call = line.path("call").asString("");
    switch (in(line)) {
      case "arrives" -> arrives(call, line);
      case "key" -> keys.at(place).chars().forEach(key -> model.press(call, (char) key));
      case "ended" -> {
        if (!line.path("by").asString("").equals("ENGINE")) {
          model.hangUp(
              call,
              EndedBy.valueOf(line.path("by").asString("CALLER")),
              new HangupCause(line.path("cause").asString("NORMAL_CLEARING")));
        }
      }
      case "left" ->
          model.rooms().all().stream()
              .filter(room -> ports.room(room).conference().equals(line.path("room").asString("")))
              .forEach(room -> model.rooms().letGo(room.name(), call));
      case "answers" -> model.answer(call);
      case "fails" ->
          model.hangUp(
              call,
              EndedBy.CALLEE,
              new HangupCause(line.path("cause").asString("NORMAL_CLEARING")));
      case "asks" ->
          conferences
              .conference(
                  new AccountId(line.path("account").asString("")),
                  line.path("conference").asString(""))
              .perform(ActionWords.read(line.path("what")));
      default -> {}
    }
  }

  /** A caller who was transferred arrives once more. */
  private void arrives(String call, JsonNode line) {
    Map<String, String> variables = new LinkedHashMap<>();
    line.path("vars")
        .properties()
        .forEach(it -> variables.put(it.getKey(), it.getValue().asString()));
    Optional<String> realm =
        Optional.of(line.path("realm").asString("")).filter(it -> !it.isEmpty());
    String to = line.path("to").asString("");
    String from = line.path("from").asString("");
    String name = line.path("name").asString("");
    if (model.channel(call).isEmpty()) {
      model.arrive(new NewChannel(call, from, name, to, realm.orElse(""), variables));
    }
    engine.take(ports.leg(new CallId(call)), new IncomingCall(to, from, name, realm, variables));
  }

  /** Whether and when somebody answers stands in the journal, as does a call from inside. */
  private static final class AsWritten implements FarEnds {

    @Override
    public FarEnd at(CallId leg, DialTarget target) {
      return new FarEnd.NeverAnswers();
    }

    @Override
    public void inside(CallId leg, CallId inside, DialOrder order, String number) {}
  }

  /** Gives legs that are dialled the names that they had. */
  private record SameNames(Mixer mixer, Queue<CallId> names) implements WrappedMixer {

    @Override
    public CallId newLeg() {
      CallId name = names.poll();
      return name == null ? mixer.newLeg() : name;
    }
  }

  private Queue<CallId> names() {
    Queue<CallId> names = new ArrayDeque<>();
    lines.stream()
        .filter(line -> in(line).equals("named"))
        .forEach(line -> names.add(new CallId(line.path("call").asString())));
    return names;
  }

  /** The lengths of media that were played to their end. */
  private MediaLibrary media() {
    Map<String, Duration> lengths = new HashMap<>();
    Map<String, Duration> since = new HashMap<>();
    for (JsonNode line : lines) {
      String what = line.path("out").asString("");
      String call = line.path("call").asString("");
      if (what.startsWith("plays ") || what.startsWith("says ")) {
        since.put(call + " " + what.substring(what.indexOf(' ') + 1), at(line));
      }
      String medium = line.path("medium").asString("");
      Duration began = since.get(call + " " + medium);
      if (began != null && line.path("how").asString("").equals("PLAYED")) {
        Duration length = at(line).minus(began);
        lengths.merge(medium, length, (a, b) -> a.compareTo(b) < 0 ? a : b);
      }
    }
    return file ->
        Optional.of(
            lengths.getOrDefault(
                file,
                file.startsWith("hold_music") || file.startsWith("local_stream")
                    ? MediaLibrary.ENDLESS
                    : Duration.ofMinutes(1)));
  }
}
