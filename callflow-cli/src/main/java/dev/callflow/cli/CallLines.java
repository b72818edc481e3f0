package dev.callflow.cli;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Node;
import dev.callflow.core.time.OneLine;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.ActionText;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Prints a line with the time for each module that runs, each join, each conference element and
 * call that ends, and each operator's action.
 */
final class CallLines implements CallObserver, ConferenceObserver {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private final PrintWriter out;
  private final TimeSource time;

  CallLines(PrintWriter out, TimeSource time) {
    this.out = out;
    this.time = time;
  }

  @Override
  public void moduleStarted(Call call, Node.Action node) {
    print(
        "module      "
            + call.id()
            + "  "
            + call.incoming().callerNumber()
            + " -> "
            + call.incoming().number()
            + "  "
            + node.module());
  }

  /** Prints a join. */
  void published(ConferenceEvent event) {
    if (event instanceof ConferenceEvent.MemberJoined joined) {
      print("joined      " + joined.participant().call() + "  " + joined.room());
    }
  }

  @Override
  public Consumer<ActionResult> actionRequested(RoomId room, ConferenceAction action) {
    return result ->
        print("action      " + room + "  " + ActionText.of(action) + ": " + ActionText.of(result));
  }

  @Override
  public void ended(CallId call, ConferenceOutcome outcome) {
    print("conference  " + call + "  " + outcome.key());
  }

  @Override
  public void ended(CallRecord call) {
    print(
        "ended       "
            + call.id()
            + "  "
            + call.cause()
            + ", by "
            + call.endedBy().name().toLowerCase(Locale.ROOT));
  }

  private void print(String line) {
    String clock = CLOCK.format(time.now().atZone(ZoneId.systemDefault()));
    out.println(clock + " " + OneLine.of(line));
    out.flush();
  }
}
