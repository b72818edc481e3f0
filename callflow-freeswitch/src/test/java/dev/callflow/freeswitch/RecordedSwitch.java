package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.freeswitch.Recording.Frame;
import dev.callflow.freeswitch.Recording.Turn;
import dev.callflow.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plays FreeSWITCH's side of an outbound trace: answers the n-th application of the engine with the
 * frames that FreeSWITCH sent for the n-th application in the trace, regardless of timing.
 *
 * <p>The frames contain the engine's application ids instead of those in the trace. As with a real
 * FreeSWITCH, commands that set variables or stop prompts always succeed; they do not advance the
 * trace.
 */
final class RecordedSwitch implements AutoCloseable {

  /** Applications that are interchangeable, since both end when the caller enters digits. */
  private static final Set<String> PROMPTS = Set.of("playback", "play_and_get_digits");

  /** Applications that are interchangeable at the start of a call. */
  private static final Set<String> CALL_STARTS = Set.of("answer", "ring_ready");

  private final Deque<Turn> turns = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> executed = new ArrayList<>();
  private final Socket socket;
  private final BufferedReader in;
  private final ControlPeer control;
  private String room = "";

  RecordedSwitch(Recording trace, InetSocketAddress engine, ControlPeer control)
      throws IOException {
    turns.addAll(trace.turns());
    this.control = control;
    socket = new Socket(engine.getAddress(), engine.getPort());
    socket.setSoTimeout((int) Eventually.LIMIT.toMillis());
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Returns the engine's requests: applications with arguments, and hangups with causes. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Returns all applications in order, including those that set variables, but no hangups. */
  List<String> executed() {
    return List.copyOf(executed);
  }

  /** Plays the trace until the engine closes the connection or sends {@code exit}. */
  void play() throws IOException {
    try {
      playToTheEnd();
    } catch (SocketException e) {
      assertThat(e).as("the engine closed the connection while data was in transit").hasNoCause();
    }
  }

  private void playToTheEnd() throws IOException {
    for (List<String> command = command(); !command.isEmpty(); command = command()) {
      switch (command.getFirst().split(" ", 2)[0]) {
        case "connect" -> send(turns.remove(), "");
        case "linger", "myevents", "event" -> reply("+OK");
        case "api" -> api(command.getFirst());
        case "sendmsg" -> message(command);
        case "exit" -> {
          reply("+OK bye");
          return;
        }
        default -> reply("-ERR command not found");
      }
    }
  }

  /**
   * Answers an api command. In the traces, calls are hung up with {@code sendmsg} instead, so the
   * reply to {@code sendmsg} is skipped.
   */
  private void api(String command) throws IOException {
    send(new Frame(List.of("Content-Type: api/response"), "+OK\n"));
    if (command.startsWith("api uuid_kill ")) {
      String cause = command.substring(command.lastIndexOf(' ') + 1);
      requests.add("hangup " + cause);
      Turn turn = next(Turn::hangsUp);
      if (turn != null) {
        send(turn.withoutReply(), "");
      } else {
        send(
            new Frame(
                List.of("Content-Type: text/event-plain"),
                "Event-Name: CHANNEL_HANGUP_COMPLETE\nHangup-Cause: " + cause + "\n\n"));
      }
    }
  }

  private void message(List<String> command) throws IOException {
    String application = value(command, "execute-app-name");
    String argument = value(command, "execute-app-arg");
    String uuid = value(command, "Event-UUID");
    assertThat(command).as("the request for %s", application).contains("event-lock: true");
    executed.add((application + " " + argument).strip());
    if (Set.of("set", "multiset").contains(application) || argument.equals("silence_stream://20")) {
      completeAtOnce(application, uuid);
      return;
    }
    Turn turn = next(it -> !it.application().isEmpty() && !it.application().equals("set"));
    if (turn == null) {
      // After the end of a call, FreeSWITCH accepts commands but does nothing.
      reply("+OK");
      return;
    }
    requests.add((application + " " + argument).strip());
    assertThat(equivalent(application, turn.application()))
        .as("the engine's %s corresponds to the trace's %s", application, turn.application())
        .isTrue();
    if (application.equals("conference")) {
      room = argument.substring(0, argument.indexOf('@'));
    }
    send(turn, uuid);
  }

  private static boolean equivalent(String application, String inTrace) {
    return Stream.of(PROMPTS, CALL_STARTS)
            .anyMatch(kind -> kind.contains(application) && kind.contains(inTrace))
        || application.equals(inTrace)
        || inTrace.startsWith("nosuch");
  }

  private @Nullable Turn next(Predicate<Turn> wanted) {
    Turn turn = turns.poll();
    while (turn != null && !wanted.test(turn)) {
      turn = turns.poll();
    }
    return turn;
  }

  private void completeAtOnce(String application, String uuid) throws IOException {
    reply("+OK");
    for (String name : List.of("CHANNEL_EXECUTE", "CHANNEL_EXECUTE_COMPLETE")) {
      send(
          new Frame(
              List.of("Content-Type: text/event-plain"),
              "Event-Name: %s\nApplication: %s\nApplication-UUID: %s\n\n"
                  .formatted(name, application, uuid)));
    }
  }

  private void send(Turn turn, String uuid) throws IOException {
    String inTrace =
        turn.frames().stream()
            .map(RecordedSwitch::execution)
            .filter(it -> !it.isEmpty())
            .findFirst()
            .orElse("");
    for (Frame frame : turn.frames()) {
      Frame ours =
          frame.withBody(
              frame
                  .body()
                  .replace(
                      "Application-UUID: " + inTrace + "\n", "Application-UUID: " + uuid + "\n")
                  .replaceAll("(?m)^Conference-Name: .*$", "Conference-Name: " + room));
      send(ours);
      if (ours.body().contains("Event-Subclass: conference%3A%3Amaintenance")) {
        control.send(ours);
      }
    }
  }

  private static String execution(Frame frame) {
    return frame.body().startsWith("Event-Name: CHANNEL_EXECUTE\n")
        ? frame
            .body()
            .lines()
            .filter(line -> line.startsWith("Application-UUID: "))
            .findFirst()
            .orElse("Application-UUID: ")
            .substring("Application-UUID: ".length())
        : "";
  }

  private void reply(String text) throws IOException {
    send(new Frame(List.of("Content-Type: command/reply", "Reply-Text: " + text), ""));
  }

  private void send(Frame frame) throws IOException {
    socket.getOutputStream().write(frame.bytes());
    socket.getOutputStream().flush();
  }

  /** Reads the lines of the next command; empty if the engine has closed the connection. */
  private List<String> command() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  private static String value(List<String> command, String header) {
    return command.stream()
        .filter(line -> line.startsWith(header + ": "))
        .map(line -> line.substring(header.length() + 2))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
