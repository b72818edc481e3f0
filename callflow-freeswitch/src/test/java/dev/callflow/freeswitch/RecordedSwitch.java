package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.freeswitch.Recording.Frame;
import dev.callflow.freeswitch.Recording.Turn;
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
 * Plays FreeSWITCH's side of an outbound recording: to the n-th application that the engine asks
 * for it sends what FreeSWITCH sent for the n-th of the recording, whatever the time.
 *
 * <p>The ids of applications are the engine's own. Variables are set and prompts are broken off
 * without asking the recording: a real FreeSWITCH always does.
 */
final class RecordedSwitch implements AutoCloseable {

  /** Applications whose end means the same to a caller who enters digits. */
  private static final Set<String> PROMPTS = Set.of("playback", "play_and_get_digits");

  /** What makes an engine's first application answer or ring. */
  private static final Set<String> BEFORE = Set.of("answer", "ring_ready");

  private final Deque<Turn> turns = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> executed = new ArrayList<>();
  private final Socket socket;
  private final BufferedReader in;
  private final ControlPeer control;
  private String room = "";

  RecordedSwitch(Recording recording, InetSocketAddress engine, ControlPeer control)
      throws IOException {
    turns.addAll(recording.turns());
    this.control = control;
    socket = new Socket(engine.getAddress(), engine.getPort());
    socket.setSoTimeout(60_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** What the engine asked for: applications with their argument, hang-ups with their cause. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** The same and the variables that it set, all in order; no hang-ups. */
  List<String> executed() {
    return List.copyOf(executed);
  }

  /** Plays until the engine has closed the connection or said good-bye. */
  void play() throws IOException {
    try {
      playToTheEnd();
    } catch (SocketException e) {
      assertThat(e).as("closed by the engine while something was on its way to it").hasNoCause();
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

  /** A hang-up is a {@code sendmsg} in the recordings, whose reply is left out here. */
  private void api(String command) throws IOException {
    send(new Frame(List.of("Content-Type: api/response"), "+OK\n"));
    if (command.startsWith("api uuid_kill ")) {
      String cause = command.substring(command.lastIndexOf(' ') + 1);
      asked.add("hangup " + cause);
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
    assertThat(command).as("what asks for %s", application).contains("event-lock: true");
    executed.add((application + " " + argument).strip());
    if (Set.of("set", "multiset").contains(application) || argument.equals("silence_stream://20")) {
      completesAtOnce(application, uuid);
      return;
    }
    Turn turn = next(it -> !it.application().isEmpty() && !it.application().equals("set"));
    if (turn == null) {
      // FreeSWITCH agrees to everything that comes after the end, and does nothing.
      reply("+OK");
      return;
    }
    asked.add((application + " " + argument).strip());
    assertThat(alike(application, turn.application()))
        .as("the engine asks for %s where the recording has %s", application, turn.application())
        .isTrue();
    if (application.equals("conference")) {
      room = argument.substring(0, argument.indexOf('@'));
    }
    send(turn, uuid);
  }

  private static boolean alike(String asked, String recorded) {
    return Stream.of(PROMPTS, BEFORE)
            .anyMatch(kind -> kind.contains(asked) && kind.contains(recorded))
        || asked.equals(recorded)
        || recorded.startsWith("nosuch");
  }

  private @Nullable Turn next(Predicate<Turn> wanted) {
    Turn turn = turns.poll();
    while (turn != null && !wanted.test(turn)) {
      turn = turns.poll();
    }
    return turn;
  }

  private void completesAtOnce(String application, String uuid) throws IOException {
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
    String recorded =
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
                      "Application-UUID: " + recorded + "\n", "Application-UUID: " + uuid + "\n")
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

  /** The next command's lines; none if the engine has closed the connection. */
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
