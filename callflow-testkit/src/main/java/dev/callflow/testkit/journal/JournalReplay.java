package dev.callflow.testkit.journal;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.testkit.Phase;
import dev.callflow.testkit.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import dev.callflow.testkit.model.MediaLibrary;
import dev.callflow.testkit.model.NewChannel;
import dev.callflow.testkit.model.SimulatedSwitch;
import dev.callflow.testkit.model.SwitchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a journal again, in virtual time on a simulated switch: the same callers call, press and
 * hang up at the same times, and what the engine decides now is compared with what it decided then.
 *
 * <p>A PIN that is masked in the journal is replaced by one of the room's that has as many digits
 * and makes of the caller what he became; where the journal goes on with a refusal, by a wrong one.
 * What operators and members of other switches did is not in a journal: a caller who was put out is
 * put out again.
 */
public final class JournalReplay {

  private static final Duration LONGEST = Duration.ofHours(24);

  private final List<JsonNode> lines;
  private final DocumentStore documents;
  private final Optional<AccountId> defaultAccount;

  private JournalReplay(
      List<JsonNode> lines, DocumentStore documents, Optional<AccountId> defaultAccount) {
    this.lines = lines;
    this.documents = documents;
    this.defaultAccount = defaultAccount;
  }

  /**
   * What came of a replay.
   *
   * @param calls how many calls there were
   * @param decisions how many decisions were the same until the first that differs
   * @param difference the first decision that differs, worded; empty if none does
   */
  public record Result(int calls, int decisions, Optional<String> difference) {}

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
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(journal)) {
      lines.add(read(journal, lines.size() + 1, line));
    }
    return new JournalReplay(lines, documents, defaultAccount).run();
  }

  private static JsonNode read(Path journal, int number, String text) {
    try {
      if (Json.read(text) instanceof ObjectNode line
          && line.path("t").isNumber()
          && line.path("call").isString()
          && (line.path("in").isString() || line.path("out").isString())) {
        return line;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(journal + ":" + number + ": this is no JSON", e);
    }
    throw new IllegalArgumentException(
        journal + ":" + number + ": a line needs t, call, and in or out");
  }

  private Result run() throws InterruptedException {
    VirtualTime time = new VirtualTime();
    SimulatedSwitch model = new SimulatedSwitch(time, SwitchSettings.seeded(1, media()));
    InProcessSwitch ports = new InProcessSwitch(model, time);
    List<JsonNode> now = new ArrayList<>();
    Journal journal = new Journal(time, false, line -> now.add(Json.read(line)), () -> {});
    Conferences conferences =
        Conferences.builder(documents, journal.mixer(ports.mixer()), time)
            .observer(journal.observer((call, outcome) -> {}))
            .build();
    CallflowEngine.Builder builder =
        CallflowEngine.builder(documents, time).modules(conferences.modules()).legs(journal::leg);
    defaultAccount.ifPresent(builder::defaultAccount);
    CallflowEngine engine = builder.build();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      int place = i;
      time.at(
          Duration.ofMillis(line.path("t").asLong()),
          Phase.CALLS,
          "journal line " + (i + 1),
          () -> cameIn(line, place, model, ports, engine));
    }
    time.run(LONGEST, () -> model.channels().isEmpty() && time.timers() == 0);
    time.close();
    return compare(now);
  }

  private static String call(JsonNode line) {
    return line.path("call").asString();
  }

  private void cameIn(
      JsonNode line,
      int place,
      SimulatedSwitch model,
      InProcessSwitch ports,
      CallflowEngine engine) {
    String call = call(line);
    switch (line.path("in").asString("")) {
      case "arrives" -> {
        Map<String, String> variables = new LinkedHashMap<>();
        line.path("vars")
            .properties()
            .forEach(it -> variables.put(it.getKey(), it.getValue().asString()));
        Optional<String> realm =
            Optional.of(line.path("realm").asString("")).filter(it -> !it.isEmpty());
        String to = line.path("to").asString("");
        String from = line.path("from").asString("");
        String name = line.path("name").asString("");
        model.arrive(new NewChannel(call, from, name, to, realm.orElse(""), variables));
        engine.take(
            ports.leg(new CallId(call)), new IncomingCall(to, from, name, realm, variables));
      }
      case "key" -> {
        String key = line.path("key").asString("");
        model.press(call, key.equals("?") ? secret(place) : key.charAt(0));
      }
      case "ended" -> {
        if (!line.path("by").asString("").equals("ENGINE")) {
          model.hangUp(
              call,
              EndedBy.valueOf(line.path("by").asString("CALLER")),
              new HangupCause(line.path("cause").asString("NORMAL_CLEARING")));
        }
      }
      case "left" -> model.rooms().all().forEach(room -> model.rooms().letGo(room.name(), call));
      default -> {}
    }
  }

  /** The lengths of media that were played to their end. */
  private MediaLibrary media() {
    Map<String, Duration> lengths = new HashMap<>();
    Map<String, Long> since = new HashMap<>();
    for (JsonNode line : lines) {
      String what = line.path("out").asString("");
      long at = line.path("t").asLong();
      if (what.startsWith("plays ") || what.startsWith("says ")) {
        since.put(call(line) + " " + what.substring(what.indexOf(' ') + 1), at);
      }
      String medium = line.path("medium").asString("");
      Long began = since.get(call(line) + " " + medium);
      if (began != null && line.path("how").asString("").equals("PLAYED")) {
        Duration length = Duration.ofMillis(at - began);
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

  /** The digit that stands at a masked place of the PIN that was entered there. */
  private char secret(int place) {
    String call = call(lines.get(place));
    int first = place;
    int length = 0;
    int index = 0;
    for (int i = place; i >= 0 && isPart(lines.get(i), call); i--) {
      if (isKey(lines.get(i), call)) {
        first = i;
        index++;
      }
    }
    Optional<JsonNode> next = Optional.empty();
    for (int i = first; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      if (isKey(line, call)) {
        length++;
      } else if (!isPart(line, call)) {
        next = Optional.of(line);
        break;
      }
    }
    String pin = pin(call, length, next.map(it -> it.path("out").asString("")).orElse(""));
    return pin.charAt(Math.min(index, pin.length()) - 1);
  }

  /** An entry goes on until the engine decides something about that call. */
  private static boolean isPart(JsonNode line, String call) {
    return !call(line).equals(call) || line.path("out").isMissingNode();
  }

  private static boolean isKey(JsonNode line, String call) {
    return call(line).equals(call) && line.path("key").asString("").equals("?");
  }

  /** A PIN with its end, as many keys as were pressed, that makes of the caller what he became. */
  private String pin(String call, int length, String next) {
    boolean refused = next.contains("_pin") || next.contains("attempts");
    if (!refused) {
      Optional<JsonNode> room =
          lines.stream()
              .filter(line -> call(line).equals(call))
              .filter(line -> line.path("out").asString("").startsWith("enters "))
              .findFirst();
      String entered = room.map(line -> line.path("out").asString("")).orElse("");
      String kind = entered.contains("MODERATOR") ? "moderator" : "member";
      String conference = entered.isEmpty() ? "" : entered.split(" ")[1];
      Optional<String> found = pins(call, conference, kind).filter(fits(length)).findFirst();
      if (found.isPresent()) {
        return found.get().length() == length ? found.get() : found.get() + "#";
      }
    }
    return "0".repeat(Math.max(length - 1, 1)) + (length > 1 ? "#" : "");
  }

  private static Predicate<String> fits(int length) {
    return pin -> pin.length() == length || pin.length() + 1 == length;
  }

  private Stream<String> pins(String call, String conference, String kind) {
    return account(call)
        .flatMap(account -> documents.find(account, DocumentType.CONFERENCE, conference))
        .stream()
        .flatMap(document -> document.body().path(kind).path("pins").valueStream())
        .map(JsonNode::asString);
  }

  private Optional<AccountId> account(String call) {
    Optional<JsonNode> arrival =
        lines.stream().filter(line -> call(line).equals(call) && line.has("vars")).findFirst();
    return arrival
        .map(line -> line.path("vars").path("callflow_account_id").asString(""))
        .filter(id -> !id.isEmpty())
        .map(AccountId::new)
        .or(() ->
            arrival
                .map(line -> line.path("realm").asString(""))
                .filter(realm -> !realm.isEmpty())
                .flatMap(documents::accountByRealm))
        .or(() -> defaultAccount);
  }

  private Result compare(List<JsonNode> now) {
    Map<String, List<JsonNode>> then = decisions(lines);
    Map<String, List<JsonNode>> again = decisions(now);
    long earliest = Long.MAX_VALUE;
    String difference = "";
    int same = 0;
    for (Map.Entry<String, List<JsonNode>> call : then.entrySet()) {
      List<JsonNode> was = call.getValue();
      List<JsonNode> is = again.getOrDefault(call.getKey(), List.of());
      int at = 0;
      while (at < was.size() && at < is.size() && what(was, at).equals(what(is, at))) {
        at++;
      }
      same += at;
      if (at < was.size() || at < is.size()) {
        long when =
            at < was.size() ? was.get(at).path("t").asLong() : is.get(at).path("t").asLong();
        if (when < earliest) {
          earliest = when;
          difference =
              "call %s, decision %d, %.3f s after the start: it was \"%s\", it is \"%s\" now"
                  .formatted(call.getKey(), at + 1, when / 1000.0, what(was, at), what(is, at));
        }
      }
    }
    return new Result(then.size(), same, Optional.of(difference).filter(text -> !text.isEmpty()));
  }

  private static String what(List<JsonNode> decisions, int at) {
    return at < decisions.size() ? decisions.get(at).path("out").asString("") : "nothing";
  }

  private static Map<String, List<JsonNode>> decisions(List<JsonNode> lines) {
    Map<String, List<JsonNode>> all = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      List<JsonNode> ofCall = all.computeIfAbsent(call(line), fresh -> new ArrayList<>());
      if (!line.path("out").isMissingNode()) {
        ofCall.add(line);
      }
    }
    return all;
  }
}
