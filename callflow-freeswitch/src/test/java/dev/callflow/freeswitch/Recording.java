package dev.callflow.freeswitch;

import dev.callflow.core.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.tukaani.xz.XZInputStream;
import tools.jackson.databind.JsonNode;

/**
 * A trace: the commands that a client sent to a real FreeSWITCH on one connection, and the frames
 * that FreeSWITCH sent after each command.
 *
 * @param name the name of the trace
 * @param turns the commands with their frames, in order
 */
record Recording(String name, List<Turn> turns) {

  /**
   * A command and the frames that FreeSWITCH sent until the next command.
   *
   * @param command the lines of the command
   * @param frames the complete frames, in order
   */
  record Turn(String command, List<Frame> frames) {

    /** Returns the application that the command executes; empty for other commands. */
    String application() {
      return command.startsWith("sendmsg\n") ? line("execute-app-name: ") : "";
    }

    boolean hangsUp() {
      return command.contains("call-command: hangup");
    }

    Turn withoutReply() {
      return new Turn(command, frames.stream().filter(it -> !it.is("command/reply")).toList());
    }

    private String line(String start) {
      return command
          .lines()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()))
          .findFirst()
          .orElse("");
    }
  }

  /**
   * A frame.
   *
   * @param headers the header lines, without Content-Length
   * @param body the body; empty if there is none
   */
  record Frame(List<String> headers, String body) {

    boolean is(String contentType) {
      return headers.contains("Content-Type: " + contentType);
    }

    boolean isHangup() {
      return body.startsWith("Event-Name: CHANNEL_HANGUP");
    }

    Frame withBody(String other) {
      return new Frame(headers, other);
    }

    byte[] bytes() {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      String text =
          String.join("\n", headers)
              + (length == 0 ? "" : "\nContent-Length: " + length)
              + "\n\n"
              + body;
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Returns a copy in which the hangup events come last among the frames after each command. */
  Recording hangupReportedLast() {
    return new Recording(
        name,
        turns.stream()
            .map(turn ->
                new Turn(
                    turn.command(),
                    turn.frames().stream().sorted(Comparator.comparing(Frame::isHangup)).toList()))
            .toList());
  }

  /**
   * Returns a copy in which the {@code socket} application ends before the channel knows that it is
   * hanging up, as it does if the other half of a loopback channel hangs up.
   */
  Recording socketEndsBeforeTheHangup() {
    return new Recording(
        name,
        hangupReportedLast().turns.stream()
            .map(turn ->
                new Turn(
                    turn.command(), turn.frames().stream().map(Recording::notYetHungUp).toList()))
            .toList());
  }

  private static Frame notYetHungUp(Frame frame) {
    return frame.body().startsWith("Event-Name: CHANNEL_EXECUTE_COMPLETE")
            && frame.body().contains("\nApplication: socket\n")
        ? frame.withBody(
            frame
                .body()
                .replaceAll("\n(Hangup-Cause|variable_hangup_cause): .*", "")
                .replaceAll("\nAnswer-State: .*", "\nAnswer-State: answered")
                .replaceAll("\nChannel-State-Number: .*", "\nChannel-State-Number: 4"))
        : frame;
  }

  static Recording outbound(String name) throws IOException {
    return named("/traces/outbound.jsonl.xz", name);
  }

  static Recording conference(String name) throws IOException {
    return named("/traces/conference.jsonl.xz", name);
  }

  private static Recording named(String file, String wanted) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(Recording.class.getResourceAsStream(file)),
                StandardCharsets.UTF_8))) {
      List<Turn> turns = new ArrayList<>();
      StringBuilder sent = new StringBuilder();
      String command = "";
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode chunk = Json.read(line);
        if (chunk.has("trace")) {
          if (name.equals(wanted)) {
            break;
          }
          name = chunk.path("trace").asString();
          continue;
        }
        if (!name.equals(wanted)) {
          continue;
        }
        if (chunk.path("from").asString().equals("client")) {
          if (!command.isEmpty()) {
            turns.add(new Turn(command, frames(sent)));
          }
          command = chunk.path("data").asString();
          sent.setLength(0);
        } else {
          sent.append(chunk.path("data").asString());
        }
      }
      turns.add(new Turn(command, frames(sent)));
      return new Recording(wanted, List.copyOf(turns));
    }
  }

  private static List<Frame> frames(CharSequence sent) {
    List<Frame> frames = new ArrayList<>();
    Deque<String> rest = new ArrayDeque<>(List.of(sent.toString()));
    while (!rest.element().isEmpty()) {
      String text = rest.remove();
      int end = text.indexOf("\n\n");
      List<String> headers = new ArrayList<>(text.substring(0, end).lines().toList());
      int length =
          headers.stream()
              .filter(line -> line.startsWith("Content-Length: "))
              .mapToInt(line -> Integer.parseInt(line.substring(16)))
              .findFirst()
              .orElse(0);
      headers.removeIf(line -> line.startsWith("Content-Length: "));
      frames.add(new Frame(List.copyOf(headers), text.substring(end + 2, end + 2 + length)));
      rest.add(text.substring(end + 2 + length));
    }
    return List.copyOf(frames);
  }
}
