package dev.callflow.examples;

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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be said to a simulated FreeSWITCH, line by line, and what it tells of its callers.
 *
 * <p>For use by one thread; what happens is told by others.
 */
final class SimulatorPrompt {

  static final String HELP =
      """
      call FROM TO [NAME]        places a call and says its number N
      press N KEYS               lets the caller press keys
      talk N SECONDS             lets the caller talk
      hangup N                   lets the caller hang up
      heard N                    what the caller has heard
      wait N hears FILE [SECS]   waits until a file plays whose name has FILE in it (10 s unless said)
      wait N joined [SECS]       waits until the caller is in a room
      wait N ended [SECS]        waits until the call is over
      wait SECONDS               waits
      calls                      the calls
      rooms                      the rooms and who is in them
      api COMMAND                any api command, such as: api conference list
      help, quit\
      """;

  private static final Duration USUAL_WAIT = Duration.ofSeconds(10);

  private final SimulatedFreeSwitch freeSwitch;
  private final Consumer<String> out;
  private final Map<Integer, SimulatedCaller> callers = new LinkedHashMap<>();
  private int failed;

  SimulatorPrompt(SimulatedFreeSwitch freeSwitch, Consumer<String> out) {
    this.freeSwitch = freeSwitch;
    this.out = out;
  }

  /** Tells from now on what becomes of the callers. */
  void tellWhatHappens() {
    freeSwitch
        .model()
        .listen(event -> {
          switch (event) {
            case SwitchEvent.PlaybackStarted(var channel, var execution, var file) ->
                tell(channel.uuid(), "hears " + file);
            case SwitchEvent.Answered(var channel) -> tell(channel.uuid(), "is answered");
            case SwitchEvent.MemberAdded(var room, var member) ->
                tell(member.channel().uuid(), "is in " + room.name());
            case SwitchEvent.MemberRemoved(var room, var member) ->
                tell(member.channel().uuid(), "is out of " + room.name());
            case SwitchEvent.Gone(var channel, var by) ->
                tell(channel.uuid(), "is gone: " + channel.cause());
            case SwitchEvent.OfChannel other -> {}
            case SwitchEvent.OfRoom other -> {}
          }
        });
  }

  private void tell(String uuid, String what) {
    synchronizedCallers().entrySet().stream()
        .filter(each -> each.getValue().uuid().equals(uuid))
        .findFirst()
        .ifPresent(each -> out.accept("  " + each.getKey() + " " + what));
  }

  private Map<Integer, SimulatedCaller> synchronizedCallers() {
    synchronized (callers) {
      return new LinkedHashMap<>(callers);
    }
  }

  /** Obeys line by line until the end or {@code quit}; returns how many lines went wrong. */
  int obey(BufferedReader in, Runnable prompt) throws IOException {
    prompt.run();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.strip().equals("quit")) {
        break;
      }
      obey(line.strip());
      prompt.run();
    }
    return failed;
  }

  private void obey(String line) {
    String[] words = line.split("\\s+");
    switch (words[0]) {
      case "" -> {}
      case "help" -> out.accept(HELP);
      case "call" -> call(words);
      case "calls" ->
          synchronizedCallers()
              .forEach((number, caller) ->
                  out.accept(
                      "%d %s %s"
                          .formatted(
                              number,
                              caller.uuid(),
                              caller.cause().map(it -> "ended: " + it).orElse("lives"))));
      case "press" -> with(words, 3, caller -> caller.press(words[2]));
      case "talk" ->
          with(words, 3, caller -> seconds(words[2]).ifPresentOrElse(caller::talk, this::wrong));
      case "hangup" -> with(words, 2, SimulatedCaller::hangUp);
      case "heard" -> with(words, 2, caller -> caller.heard().forEach(out));
      case "wait" -> await(words);
      case "rooms" -> freeSwitch.rooms().forEach(this::room);
      case "api" ->
          out.accept(
              words.length < 2
                  ? "api COMMAND"
                  : freeSwitch.api(line.substring("api ".length()).strip()).stripTrailing());
      default -> {
        if (!words[0].startsWith("#")) {
          fail("there is no command '" + words[0] + "'\n" + HELP);
        }
      }
    }
  }

  private void call(String[] words) {
    if (words.length < 3) {
      wrong();
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
    out.accept(number + " is " + caller.uuid());
    freeSwitch.place(caller);
  }

  private void room(SimRoomState room) {
    out.accept(room.name() + ": " + room.size() + (room.locked() ? ", locked" : ""));
    for (MemberState member : freeSwitch.model().rooms().members(room.name())) {
      out.accept(
          "  %d %s <%s>%s%s%s"
              .formatted(
                  member.number(),
                  member.channel().callerName(),
                  member.channel().callerNumber(),
                  member.moderator() ? ", moderator" : "",
                  member.muted() ? ", muted" : "",
                  member.deaf() ? ", deaf" : ""));
    }
  }

  private void await(String[] words) {
    if (words.length == 2) {
      seconds(words[1]).ifPresentOrElse(freeSwitch::await, this::wrong);
      return;
    }
    with(
        words,
        3,
        caller -> {
          boolean hears = words[2].equals("hears");
          int last = hears ? 4 : 3;
          Optional<Duration> longest =
              words.length > last ? seconds(words[last]) : Optional.of(USUAL_WAIT);
          if (longest.isEmpty() || hears && words.length < 4) {
            wrong();
            return;
          }
          boolean came =
              switch (words[2]) {
                case "hears" -> caller.awaitHeard(words[3], 1, longest.get());
                case "joined" -> caller.awaitJoined(longest.get());
                case "ended" -> caller.awaitEnded(longest.get());
                default -> {
                  wrong();
                  yield true;
                }
              };
          if (!came) {
            fail(
                "%s has waited in vain: %s; heard %s, %s"
                    .formatted(
                        words[1],
                        String.join(" ", Arrays.copyOfRange(words, 2, words.length)),
                        caller.heard(),
                        caller.cause().map(it -> "ended with " + it).orElse("has not ended")));
          }
        });
  }

  private void with(String[] words, int least, Consumer<SimulatedCaller> action) {
    SimulatedCaller caller =
        words.length > 1 && words[1].matches("\\d{1,6}")
            ? synchronizedCallers().get(Integer.parseInt(words[1]))
            : null;
    if (words.length < least) {
      wrong();
    } else if (caller == null) {
      fail("there is no caller " + words[1]);
    } else {
      action.accept(caller);
    }
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,5}(\\.\\d{1,3})?")
        ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(text) * 1000)))
        : Optional.empty();
  }

  private void wrong() {
    fail(HELP);
  }

  private void fail(String why) {
    failed++;
    out.accept(why);
  }
}
