package dev.callflow.contract;

import dev.callflow.core.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;
import tools.jackson.databind.JsonNode;

/**
 * The traffic of all event-socket connections during one run of a real FreeSWITCH.
 *
 * @param name the name of the scenario
 * @param connections the connections in the order in which they were opened
 * @param acts the actions of clients and callers, in order
 */
record Recording(String name, List<Connection> connections, List<Act> acts) {

  /** Returns the time of the last frame. */
  double end() {
    return connections.stream()
        .flatMap(connection -> connection.frames().stream())
        .mapToDouble(Received::at)
        .max()
        .orElse(0);
  }

  /**
   * Finds the leg that FreeSWITCH saw as the incoming call.
   *
   * @param own the UUID of the caller's own leg
   * @return the UUID of the other leg, or {@code own} if no frame shows it
   */
  String legOf(String own) {
    return legOf(connections, own);
  }

  private static String legOf(List<Connection> connections, String own) {
    return connections.stream()
        .flatMap(connection -> connection.frames().stream())
        .map(Received::frame)
        .filter(frame -> frame.value("variable_other_loopback_leg_uuid").equals(own))
        .map(frame -> frame.value("Unique-ID"))
        .findFirst()
        .orElse(own);
  }

  /** An event-socket connection: its direction, and the frames that FreeSWITCH sent. */
  record Connection(String name, boolean outbound, List<Received> frames) {

    /** Returns whether the switch rejected the connection without asking for a password. */
    boolean refused() {
      return frames.getFirst().frame().type().equals("text/rude-rejection");
    }
  }

  /** A frame and the time of its arrival, in milliseconds from the start. */
  record Received(double at, Frame frame) {}

  /** An action of a client or caller. */
  sealed interface Act {
    double at();
  }

  /** A client wrote to a connection; empty data means that it closed the connection. */
  record Writes(double at, String connection, String data) implements Act {}

  /** A caller placed a call. */
  record Calls(double at, String name, String number, String to) implements Act {}

  /** A caller pressed keys. */
  record Presses(double at, String name, String keys) implements Act {}

  /** A caller started to talk. */
  record Talks(double at, String name, double millis) implements Act {}

  /** A caller hung up. */
  record HangsUp(double at, String name, String cause) implements Act {}

  /** The time in milliseconds between a reconstructed action and the event that it causes. */
  private static final double JUST_BEFORE = 0.5;

  private static final double MAX_TALK = 60_000;

  /**
   * The time in milliseconds within which joins and departures count as simultaneous: five mixer
   * frames.
   */
  private static final double CROWD = 100;

  private static final Pattern CALLS =
      Pattern.compile("\\[(\\d+) ms] (.+) \\((\\S+)\\) calls (\\S+?);?( .*)?");
  private static final Pattern PRESSES = Pattern.compile("\\[(\\d+) ms] (.+) presses (\\S+)");
  private static final Pattern HANGS_UP =
      Pattern.compile("\\[(\\d+) ms] (.+) hangs up(?: \\((\\S+)\\))?");

  /** Reads all recordings and returns them by name. */
  static Map<String, Recording> all() throws IOException {
    Map<String, List<List<JsonNode>>> traces = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(
                    Recording.class.getResourceAsStream("/contract/recordings.jsonl.xz")),
                StandardCharsets.UTF_8))) {
      List<JsonNode> current = List.of();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode chunk = Json.read(line);
        if (chunk.has("trace")) {
          current = new ArrayList<>();
          String scenario = chunk.path("trace").asString().split("\\.")[0];
          traces.computeIfAbsent(scenario, fresh -> new ArrayList<>()).add(current);
        }
        current.add(chunk);
      }
    }
    Map<String, Recording> all = new LinkedHashMap<>();
    traces.forEach((name, connections) -> all.put(name, of(name, connections)));
    return all;
  }

  private static Recording of(String name, List<List<JsonNode>> traces) {
    List<List<JsonNode>> inOrder = new ArrayList<>(traces);
    inOrder.sort(Comparator.comparingDouble(trace -> trace.get(1).path("t").asDouble()));
    List<Act> acts = new ArrayList<>(steps(inOrder.getFirst().getFirst()));
    List<Connection> connections = new ArrayList<>();
    for (List<JsonNode> trace : inOrder) {
      JsonNode head = trace.getFirst();
      String connection = head.path("trace").asString();
      FrameReader frames = new FrameReader();
      List<Received> received = new ArrayList<>();
      for (JsonNode chunk : trace.subList(1, trace.size())) {
        double at = chunk.path("t").asDouble();
        String data = chunk.path("data").asString();
        if (chunk.path("from").asString().equals("client")) {
          acts.add(new Writes(at, connection, data));
        } else {
          frames.add(data).forEach(frame -> received.add(new Received(at, frame)));
        }
      }
      connections.add(
          new Connection(
              connection,
              head.path("kind").asString().equals("outbound")
                  && !trace.get(1).path("data").asString().contains("auth/request"),
              received));
    }
    acts.addAll(callers(connections, acts));
    acts.addAll(hangUps(connections, acts));
    acts.addAll(talks(connections));
    acts.sort(Comparator.comparingDouble(Act::at));
    return new Recording(name, unsteady(connections), List.copyOf(acts));
  }

  /** A member's join or departure. */
  private record Passage(double at, String room, String member) {}

  /**
   * Accepts any room size in events that occur close to other members' joins and departures.
   * Members who are removed together leave in no particular order, and a sound or a floor change
   * may fall one mixer frame before or after a join or departure, so the room size at that moment
   * depends on the run.
   */
  private static List<Connection> unsteady(List<Connection> connections) {
    List<Passage> passages =
        Stream.of("plain CUSTOM add-member", "plain CUSTOM del-member")
            .flatMap(kind -> received(connections, kind))
            .map(it -> new Passage(it.at(), room(it), it.frame().value("Member-ID")))
            .toList();
    return connections.stream()
        .map(connection ->
            new Connection(
                connection.name(),
                connection.outbound(),
                connection.frames().stream().map(it -> steady(it, passages)).toList()))
        .toList();
  }

  private static Received steady(Received it, List<Passage> passages) {
    boolean leaves = it.frame().kind().endsWith(" del-member");
    if (!leaves && !Normal.isLoose(it.frame())) {
      return it;
    }
    String self = leaves ? it.frame().value("Member-ID") : "";
    boolean crowded =
        passages.stream()
            .filter(other -> other.room().equals(room(it)) && !other.member().equals(self))
            .anyMatch(other -> Math.abs(other.at() - it.at()) <= CROWD);
    return crowded ? new Received(it.at(), it.frame().withAny("Conference-Size")) : it;
  }

  private static String room(Received it) {
    return it.frame().value("Conference-Name");
  }

  private static Stream<Received> received(List<Connection> connections, String kind) {
    return connections.stream()
        .flatMap(connection -> connection.frames().stream())
        .filter(it -> it.frame().kind().equals(kind));
  }

  private static List<Act> steps(JsonNode head) {
    return head.path("scenario")
        .valueStream()
        .map(JsonNode::asString)
        .flatMap(Recording::step)
        .toList();
  }

  private static Stream<Act> step(String text) {
    Matcher calls = CALLS.matcher(text);
    if (calls.matches()) {
      return Stream.of(new Calls(at(calls), calls.group(2), calls.group(3), calls.group(4)));
    }
    Matcher presses = PRESSES.matcher(text);
    if (presses.matches()) {
      return Stream.of(new Presses(at(presses), presses.group(2), presses.group(3)));
    }
    Matcher hangsUp = HANGS_UP.matcher(text);
    return hangsUp.matches()
        ? Stream.of(
            new HangsUp(
                at(hangsUp), hangsUp.group(2), hangsUp.group(3) == null ? "" : hangsUp.group(3)))
        : Stream.empty();
  }

  /** Reconstructs the calls of room members whom the scenario does not list. */
  private static List<Act> callers(List<Connection> connections, List<Act> acts) {
    Set<String> known =
        acts.stream()
            .filter(Calls.class::isInstance)
            .map(act -> ((Calls) act).number())
            .collect(Collectors.toCollection(HashSet::new));
    return conference(connections, "add-member")
        .filter(event -> event.frame().value("Call-Direction").equals("inbound"))
        .filter(event -> known.add(event.frame().value("Caller-Caller-ID-Number")))
        .<Act>map(event ->
            new Calls(
                event.at() - JUST_BEFORE,
                event.frame().value("Caller-Caller-ID-Name"),
                event.frame().value("Caller-Caller-ID-Number"),
                event.frame().value("Caller-Destination-Number")))
        .toList();
  }

  /**
   * Reconstructs the hangups that the scenario does not list. A caller hung up if their own leg
   * ended before the other one.
   */
  private static List<Act> hangUps(List<Connection> connections, List<Act> acts) {
    List<Act> more = new ArrayList<>();
    int caller = 0;
    for (Act act : List.copyOf(acts)) {
      if (act instanceof Calls(double at, String name, String number, String to)) {
        caller++;
        String own = ownLeg(caller);
        Optional<Received> hung = hungUp(connections, own);
        Optional<Received> other = hungUp(connections, legOf(connections, own));
        boolean named =
            acts.stream().anyMatch(it -> it instanceof HangsUp by && by.name().equals(name));
        if (!named
            && hung.isPresent()
            && (other.isEmpty() || number(hung.get()) < number(other.get()))) {
          more.add(new HangsUp(hung.get().at() - JUST_BEFORE, name, ""));
        }
      }
    }
    return more;
  }

  /** Returns the UUID of the n-th caller's own leg. */
  static String ownLeg(int caller) {
    return "ca11e000-0000-4000-8000-%012d".formatted(caller);
  }

  private static Optional<Received> hungUp(List<Connection> connections, String leg) {
    return connections.stream()
        .flatMap(connection -> connection.frames().stream())
        .filter(it -> it.frame().kind().equals("plain CHANNEL_HANGUP"))
        .filter(it -> it.frame().value("Unique-ID").equals(leg))
        .min(Comparator.comparingDouble(Received::at));
  }

  private static int number(Received event) {
    return Integer.parseInt(event.frame().value("Event-Sequence"));
  }

  /** Reconstructs the times at which callers talked, which only the events of the switch show. */
  private static List<Act> talks(List<Connection> connections) {
    List<Received> ends = conference(connections, "stop-talking").toList();
    return conference(connections, "start-talking")
        .<Act>map(start -> {
          String caller = start.frame().value("Caller-Caller-ID-Number");
          double end =
              ends.stream()
                  .filter(stop -> stop.at() > start.at())
                  .filter(stop -> stop.frame().value("Caller-Caller-ID-Number").equals(caller))
                  .mapToDouble(Received::at)
                  .findFirst()
                  .orElse(start.at() + MAX_TALK);
          return new Talks(
              start.at() - JUST_BEFORE,
              start.frame().value("Caller-Caller-ID-Name"),
              end - start.at());
        })
        .toList();
  }

  /** Returns the events with the given action from the first connection that received any. */
  private static Stream<Received> conference(List<Connection> connections, String action) {
    return connections.stream()
        .map(connection ->
            connection.frames().stream()
                .filter(it -> it.frame().kind().equals("plain CUSTOM " + action))
                .toList())
        .filter(events -> !events.isEmpty())
        .findFirst()
        .orElse(List.of())
        .stream();
  }

  private static double at(Matcher step) {
    // A step was logged just before it was carried out, and its time was rounded.
    return Double.parseDouble(step.group(1)) + 1;
  }
}
