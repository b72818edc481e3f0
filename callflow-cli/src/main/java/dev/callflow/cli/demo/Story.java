package dev.callflow.cli.demo;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.SimulatedCaller;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Prints the events of the demo line by line, with colours on a terminal. */
final class Story implements CallObserver, ConferenceObserver {

  private enum Colour {
    GREY("2"),
    GREEN("32"),
    RED("31"),
    YELLOW("33"),
    CYAN("36"),
    BOLD("1");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  private final PrintWriter out;
  private final boolean colours;
  private final TimeSource time;
  private final Instant start;
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Map<String, String> rooms = new ConcurrentHashMap<>();
  private final Map<String, Integer> shown = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();

  Story(PrintWriter out, boolean colours, TimeSource time) {
    this.out = out;
    this.colours = colours;
    this.time = time;
    this.start = time.now();
    rooms.put("b0a4d000000000000000000000000001", "the board conference");
    rooms.put("4add1e00000000000000000000000002", "the huddle conference");
    rooms.put("Weekly", "the weekly conference");
  }

  void begin(int problems) {
    print("Callflow takes calls from a simulated FreeSWITCH over a real event socket.");
    print(
        "The documents are in examples/data"
            + (problems == 0 ? "." : " (problems: " + problems + ")."));
  }

  void scene(String title) {
    print("");
    print(paint(Colour.BOLD, title));
  }

  void dials(SimulatedCaller caller, String number) {
    names.put(caller.uuid(), caller.name());
    line(caller.name(), "dials " + number, Colour.CYAN);
  }

  void presses(SimulatedCaller caller, String keys, String meaning) {
    line(caller.name(), "presses " + keys + (meaning.isEmpty() ? "" : " " + meaning), Colour.CYAN);
  }

  void hangsUp(SimulatedCaller caller) {
    line(caller.name(), "hangs up", Colour.CYAN);
  }

  void happened(SwitchEvent event) {
    if (event instanceof SwitchEvent.PlaybackStarted(var channel, var execution, var file)
        && names.containsKey(channel.uuid())
        && !file.startsWith("silence_stream")) {
      line(name(channel.uuid()), "hears " + sound(file), Colour.GREY);
    }
  }

  private static String sound(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.endsWith(".wav") ? name.substring(0, name.length() - ".wav".length()) : name;
  }

  void event(ConferenceEvent event) {
    String caller = name(event.callId().map(CallId::value).orElse(""));
    String room = rooms.getOrDefault(event.room().conference(), event.room().conference());
    switch (event) {
      case ConferenceEvent.Started started -> line("", room + " starts", Colour.GREEN);
      case ConferenceEvent.Ended ended -> line("", room + " ends", Colour.GREEN);
      case ConferenceEvent.MemberJoined joined ->
          line(
              caller,
              "joins "
                  + room
                  + " as a "
                  + (joined.participant().moderator() ? "moderator" : "regular participant"),
              Colour.GREEN);
      case ConferenceEvent.MemberLeft left -> line(caller, "leaves " + room, Colour.YELLOW);
      case ConferenceEvent.MemberMuted muted -> line(caller, "is muted", Colour.YELLOW);
      case ConferenceEvent.MemberUnmuted unmuted -> line(caller, "is unmuted", Colour.YELLOW);
      case ConferenceEvent.CallerRefused refused ->
          line(caller, "is refused: " + refused.reason().key(), Colour.RED);
      default -> {}
    }
  }

  @Override
  public void ended(CallId call, ConferenceOutcome outcome) {
    line(
        name(call.value()),
        "leaves the conference element with the outcome " + outcome.key(),
        Colour.GREY);
  }

  @Override
  public void ended(CallRecord call) {
    line(
        name(call.id().value()),
        "'s call ends: "
            + call.cause()
            + ", by the "
            + call.endedBy().name().toLowerCase(Locale.ROOT),
        Colour.GREY);
  }

  void expects(boolean holds, String expectation) {
    if (!holds) {
      fails(expectation);
    }
  }

  void fails(String expectation) {
    failures.incrementAndGet();
    line("", "FAILED: " + expectation, Colour.RED);
  }

  boolean end() {
    print("");
    print(
        failures.get() == 0
            ? paint(Colour.GREEN, "Done: every call went as the documents specify.")
            : paint(Colour.RED, "Failed expectations: " + failures.get() + "."));
    return failures.get() == 0;
  }

  /** Returns how many events have been printed that begin with a text. */
  int shown(String event) {
    return shown.entrySet().stream()
        .filter(it -> it.getKey().startsWith(event))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private String name(String uuid) {
    return names.getOrDefault(uuid, uuid.isEmpty() ? "" : "Unknown caller");
  }

  private void line(String caller, String event, Colour colour) {
    double seconds = Duration.between(start, time.now()).toMillis() / 1000.0;
    String text = caller.isEmpty() || event.startsWith("'") ? caller + event : caller + " " + event;
    print(
        paint(Colour.GREY, String.format(Locale.ROOT, "%6.1f s", seconds))
            + "  "
            + paint(colour, text));
    shown.merge(text, 1, Integer::sum);
  }

  private String paint(Colour colour, String text) {
    return colours ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
  }

  private void print(String line) {
    lock.lock();
    try {
      out.println(line);
      out.flush();
    } finally {
      lock.unlock();
    }
  }
}
