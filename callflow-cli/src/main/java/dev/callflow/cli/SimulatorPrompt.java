package dev.callflow.cli;

import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs commands for a simulated FreeSWITCH, line by line, and prints the events of its callers.
 *
 * <p>The commands must be run by a single thread; the events are printed by other threads.
 */
final class SimulatorPrompt {

  static final String HELP =
      """
      call FROM TO [NAME]        places a call and prints the number N of its caller
      press N KEYS               makes the caller press keys
      talk N SECONDS             makes the caller talk
      hangup N                   makes the caller hang up
      heard N                    lists what the caller has heard
      wait connected [SECS]      waits until an application is connected (default: 60 s)
      wait N hears FILE [SECS]   waits until a file whose name contains FILE plays (default: 60 s)
      wait N joined [SECS]       waits until the caller has joined a conference (default: 60 s)
      wait N ended [SECS]        waits until the call has ended (default: 60 s)
      wait SECONDS               waits
      calls                      lists the calls
      rooms                      lists the rooms and their members
      shutdown                   shuts FreeSWITCH down gracefully, as 'fsctl shutdown' does
      start                      starts it again after a shutdown
      api COMMAND                runs an api command, such as: api conference list
      help                       prints this list
      quit                       exits\
      """;

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  private final SimulatedFreeSwitch freeSwitch;
  private final Consumer<String> out;
  private final Map<Integer, SimulatedCaller> callers = new LinkedHashMap<>();
  private int failed;

  SimulatorPrompt(SimulatedFreeSwitch freeSwitch, Consumer<String> out) {
    this.freeSwitch = freeSwitch;
    this.out = out;
  }

  /** Starts to print the events of the callers. */
  void printEvents() {
    freeSwitch
        .model()
        .listen(event -> {
          switch (event) {
            case SwitchEvent.PlaybackStarted(var channel, var execution, var file) ->
                print(channel.uuid(), "hears " + file);
            case SwitchEvent.Answered(var channel) -> print(channel.uuid(), "is answered");
            case SwitchEvent.MemberAdded(var room, var member) ->
                print(member.channel().uuid(), "joins " + room.name());
            case SwitchEvent.MemberRemoved(var room, var member) ->
                print(member.channel().uuid(), "leaves " + room.name());
            case SwitchEvent.Gone(var channel, var by) ->
                print(channel.uuid(), "has ended: " + channel.cause());
            case SwitchEvent.OfChannel other -> {}
            case SwitchEvent.OfRoom other -> {}
          }
        });
  }

  private void print(String uuid, String event) {
    synchronizedCallers().entrySet().stream()
        .filter(each -> each.getValue().uuid().equals(uuid))
        .findFirst()
        .ifPresent(each -> out.accept("  " + each.getKey() + " " + event));
  }

  private Map<Integer, SimulatedCaller> synchronizedCallers() {
    synchronized (callers) {
      return new LinkedHashMap<>(callers);
    }
  }

  /** Runs commands until the end of the input or {@code quit}; returns how many failed. */
  int run(BufferedReader in, Runnable prompt) throws IOException {
    prompt.run();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.strip().equals("quit")) {
        break;
      }
      run(line.strip());
      prompt.run();
    }
    return failed;
  }

  private void run(String line) {
    String[] words = line.split("\\s+");
    switch (words[0]) {
      case "" -> {}
      case "help" -> out.accept(HELP);
      case "call" -> call(words);
      case "calls" ->
          synchronizedCallers()
              .forEach((number, caller) ->
                  out.accept(
                      String.format(
                          Locale.ROOT,
                          "%d %s %s",
                          number,
                          caller.uuid(),
                          caller.cause().map(it -> "ended: " + it).orElse("in progress"))));
      case "press" -> with(words, 3, caller -> caller.press(words[2]));
      case "talk" ->
          with(
              words,
              3,
              caller -> seconds(words[2]).ifPresentOrElse(caller::talk, this::failWithHelp));
      case "hangup" -> with(words, 2, SimulatedCaller::hangUp);
      case "heard" -> with(words, 2, caller -> caller.heard().forEach(out));
      case "wait" -> await(words);
      case "rooms" -> freeSwitch.rooms().forEach(this::room);
      case "shutdown" -> freeSwitch.shutDown();
      case "start" -> {
        if (!freeSwitch.isDown()) {
          fail("FreeSWITCH is not down, so it cannot start");
        } else {
          freeSwitch.startUp();
        }
      }
      case "api" ->
          out.accept(
              words.length < 2
                  ? "usage: api COMMAND"
                  : freeSwitch.api(line.substring("api ".length()).strip()).stripTrailing());
      default -> {
        if (!words[0].startsWith("#")) {
          fail("unknown command '" + words[0] + "'\n" + HELP);
        }
      }
    }
  }

  private void call(String[] words) {
    if (words.length < 3) {
      failWithHelp();
      return;
    }
    int number;
    SimulatedCaller caller;
    synchronized (callers) {
      number = callers.size() + 1;
      String name =
          words.length > 3
              ? String.join(" ", Arrays.copyOfRange(words, 3, words.length))
              : "Caller " + number;
      caller = freeSwitch.prepare(words[1], name, words[2]);
      callers.put(number, caller);
    }
    out.accept("caller " + number + ": " + caller.uuid());
    freeSwitch.place(caller);
  }

  private void room(SimRoomState room) {
    out.accept(room.name() + ": " + room.size() + (room.locked() ? ", locked" : ""));
    for (MemberState member : freeSwitch.model().rooms().members(room.name())) {
      out.accept(
          String.format(
              Locale.ROOT,
              "  %d %s <%s>%s%s%s",
              member.number(),
              member.channel().callerName(),
              member.channel().callerNumber(),
              member.moderator() ? ", moderator" : "",
              member.muted() ? ", muted" : "",
              member.deaf() ? ", deaf" : ""));
    }
  }

  private void await(String[] words) {
    if (words.length > 1 && words[1].equals("connected")) {
      awaitConnected(words);
      return;
    }
    if (words.length == 2) {
      seconds(words[1]).ifPresentOrElse(freeSwitch::await, this::failWithHelp);
      return;
    }
    with(
        words,
        3,
        caller -> {
          boolean hears = words[2].equals("hears");
          int last = hears ? 4 : 3;
          Optional<Duration> timeout =
              words.length > last ? seconds(words[last]) : Optional.of(DEFAULT_TIMEOUT);
          if (timeout.isEmpty() || hears && words.length < 4) {
            failWithHelp();
            return;
          }
          boolean happened =
              switch (words[2]) {
                case "hears" -> caller.awaitHeard(words[3], 1, timeout.get());
                case "joined" -> caller.awaitJoined(timeout.get());
                case "ended" -> caller.awaitEnded(timeout.get());
                default -> {
                  failWithHelp();
                  yield true;
                }
              };
          if (!happened) {
            String what = String.join(" ", Arrays.copyOfRange(words, 2, words.length));
            fail(
                caller.cause().isPresent()
                    ? "caller %s: the call has ended, so this cannot happen: \"%s\"; heard %s, ended with %s"
                        .formatted(words[1], what, caller.heard(), caller.cause().get())
                    : "caller %s: timed out waiting for \"%s\"; heard %s, not ended"
                        .formatted(words[1], what, caller.heard()));
          }
        });
  }

  private void awaitConnected(String[] words) {
    Optional<Duration> timeout =
        words.length > 2 ? seconds(words[2]) : Optional.of(DEFAULT_TIMEOUT);
    if (timeout.isEmpty()) {
      failWithHelp();
    } else if (!freeSwitch.awaitSubscriber(timeout.get())) {
      fail("timed out waiting for an application to connect to the event socket");
    }
  }

  private void with(String[] words, int minWords, Consumer<SimulatedCaller> action) {
    SimulatedCaller caller =
        words.length > 1 && words[1].matches("\\d{1,6}")
            ? synchronizedCallers().get(Integer.parseInt(words[1]))
            : null;
    if (words.length < minWords) {
      failWithHelp();
    } else if (caller == null) {
      fail("caller " + words[1] + " does not exist");
    } else {
      action.accept(caller);
    }
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,5}(\\.\\d{1,3})?")
        ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(text) * 1000)))
        : Optional.empty();
  }

  private void failWithHelp() {
    fail(HELP);
  }

  private void fail(String message) {
    failed++;
    out.accept(message);
  }
}
