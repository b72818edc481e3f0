package dev.callflow.testkit.contract;

import dev.callflow.core.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;
import tools.jackson.databind.JsonNode;

/**
 * What went over all event-socket connections of one run of a real FreeSWITCH.
 *
 * @param name the scenario
 * @param connections the connections, in the order of their beginnings
 * @param acts what clients and callers did, in the order in which they did it
 */
record Recording(String name, List<Connection> connections, List<Act> acts) {

  /**
   * Finds the leg that FreeSWITCH saw as the incoming call.
   *
   * @param own the uuid of the caller's own leg
   * @return the other one's, or the own one's if no frame tells
   */
  String legOf(String own) {
    return connections.stream()
        .flatMap(connection -> connection.frames().stream())
        .map(Received::frame)
        .filter(frame -> frame.value("variable_other_loopback_leg_uuid").equals(own))
        .map(frame -> frame.value("Unique-ID"))
        .findFirst()
        .orElse(own);
  }

  /** An event-socket connection: who opened it, and the frames that FreeSWITCH sent. */
  record Connection(String name, boolean outbound, List<Received> frames) {}

  /** A frame and when it came, in milliseconds from the start. */
  record Received(double at, Frame frame) {}

  /** Something that was done to FreeSWITCH. */
  sealed interface Act {
    double at();
  }

  /** A client wrote to a connection; nothing at all when it closed it. */
  record Writes(double at, String connection, String data) implements Act {}

  /** Somebody called. */
  record Calls(double at, String name, String number, String to) implements Act {}

  /** A caller pressed keys. */
  record Presses(double at, String name, String keys) implements Act {}

  /** A caller hung up. */
  record HangsUp(double at, String name, String cause) implements Act {}

  private static final Pattern CALLS =
      Pattern.compile("\\[(\\d+) ms] (.+) \\((\\S+)\\) calls (\\S+?);?( .*)?");
  private static final Pattern PRESSES = Pattern.compile("\\[(\\d+) ms] (.+) presses (\\S+)");
  private static final Pattern HANGS_UP =
      Pattern.compile("\\[(\\d+) ms] (.+) hangs up(?: \\((\\S+)\\))?");

  /** Reads all recordings, by name. */
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
    acts.sort(Comparator.comparingDouble(Act::at));
    return new Recording(name, List.copyOf(connections), List.copyOf(acts));
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

  private static double at(Matcher step) {
    // A step was noted before it was done, and its time is rounded.
    return Double.parseDouble(step.group(1)) + 1;
  }
}
