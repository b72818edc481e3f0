package dev.callflow.testkit.journal;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes down what comes in from callers and operators and what the engine decides, line by line as
 * JSON, so that it can be run again ({@link JournalReplay}).
 *
 * <p>PINs are never written: of a key it is written that it was pressed, and which one it was only
 * when a question has taken it that was not for a secret. Callers' numbers and names can be
 * replaced by others of the journal's own. Of a call's variables only those are written by which
 * Callflow knows its account and its owner.
 *
 * <p>A journal ends when it has reached its size, or cannot be written; the log says so once, and
 * calls go on. Safe for use by any thread. Each line is on its way to the file when the method
 * returns.
 */
public final class Journal implements AutoCloseable {

  /** How large a journal becomes unless said: some hundred thousand calls. */
  public static final long USUAL_SIZE = 256L << 20;

  /** The variables of a call that decide anything. */
  static final List<String> VARIABLES =
      List.of(
          "callflow_account_id",
          "callflow_authorizing_type",
          "callflow_authorizing_id",
          "callflow_owner_id");

  private final TimeSource time;
  private final Instant start;
  private final Masks masks;
  private final Consumer<String> out;
  private final AutoCloseable end;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Seat, CallId> members = new ConcurrentHashMap<>();
  private long operators;

  private record Seat(RoomId room, String number) {}

  Journal(TimeSource time, boolean maskNumbers, Consumer<String> out, AutoCloseable end) {
    this.time = time;
    this.start = time.now();
    this.masks = new Masks(maskNumbers);
    this.out = out;
    this.end = end;
  }

  /**
   * Begins a journal that becomes at most {@link #USUAL_SIZE} bytes long.
   *
   * @param file where to; a file that is there is kept under its name with {@code .1} behind it
   * @param time by which its times are
   * @param maskNumbers whether callers' numbers and names are replaced by made-up ones
   * @return the journal
   * @throws IOException if the file cannot be written
   */
  public static Journal open(Path file, TimeSource time, boolean maskNumbers) throws IOException {
    return open(file, time, maskNumbers, USUAL_SIZE);
  }

  /**
   * Begins a journal.
   *
   * @param file where to; a file that is there is kept under its name with {@code .1} behind it
   * @param time by which its times are
   * @param maskNumbers whether callers' numbers and names are replaced by made-up ones
   * @param most how many bytes it may have; then it ends
   * @return the journal
   * @throws IOException if the file cannot be written
   */
  public static Journal open(Path file, TimeSource time, boolean maskNumbers, long most)
      throws IOException {
    JournalFile written = JournalFile.create(file, most);
    return new Journal(time, maskNumbers, written, written);
  }

  /**
   * Puts the journal between a leg and the engine; for {@link
   * dev.callflow.core.CallflowEngine.Builder#legs}.
   *
   * @param leg the call's leg
   * @param call what is known of the call
   * @return the leg for the engine
   */
  public Leg leg(Leg leg, IncomingCall call) {
    cameIn(
        leg.id(),
        "arrives",
        line -> {
          line.put("to", call.number());
          line.put("from", masks.number(call.callerNumber()));
          line.put("name", masks.name(call.callerName()));
          call.realm().ifPresent(realm -> line.put("realm", realm));
          ObjectNode variables = line.putObject("vars");
          VARIABLES.forEach(
              name -> call.variable(name).ifPresent(value -> variables.put(name, value)));
        });
    return new JournaledLeg(leg, this);
  }

  /**
   * Puts the journal between a mixer and the conferences.
   *
   * @param mixer the mixer
   * @return the mixer for the conferences
   */
  public Mixer mixer(Mixer mixer) {
    return new JournaledMixer(mixer, this);
  }

  /**
   * Puts the journal before an observer of conferences.
   *
   * @param next who is told as well
   * @return the observer for the conferences
   */
  public ConferenceObserver observer(ConferenceObserver next) {
    return new ConferenceObserver() {
      @Override
      public void ended(CallId call, ConferenceOutcome outcome) {
        decided(call, "ends the visit as " + outcome.key());
        next.ended(call, outcome);
      }

      @Override
      public void recognised(CallId call, RoomId room, boolean moderator) {
        decided(call, "is a " + (moderator ? "moderator" : "member") + " of " + room.conference());
        next.recognised(call, room, moderator);
      }

      @Override
      public Consumer<ActionResult> asked(RoomId room, ConferenceAction action) {
        Consumer<ActionResult> ours = asks(room, action);
        Consumer<ActionResult> theirs = next.asked(room, action);
        return ours.andThen(theirs);
      }
    };
  }

  private Consumer<ActionResult> asks(RoomId room, ConferenceAction action) {
    ObjectNode what = masks.action(ActionWords.write(action));
    for (String key : List.of("participant", "other")) {
      CallId member = members.get(new Seat(room, what.path(key).asString("")));
      if (member != null) {
        what.put(key, member.value());
      }
    }
    lock.lock();
    try {
      long number = ++operators;
      ObjectNode line = line("operator", String.valueOf(number)).put("in", "asks");
      line.put("account", room.account().value()).put("conference", room.conference());
      line.set("what", what);
      out.accept(line.toString());
      return result ->
          write(line("operator", String.valueOf(number)).put("out", ActionWords.text(result)));
    } finally {
      lock.unlock();
    }
  }

  void isIn(RoomId room, int number, CallId member) {
    members.put(new Seat(room, String.valueOf(number)), member);
  }

  void isOut(RoomId room, int number) {
    members.remove(new Seat(room, String.valueOf(number)));
  }

  void decided(CallId call, String what) {
    write(line("call", call.value()).put("out", what));
  }

  /** What is decided about a member, or a room, while calls go on: in an order of its own. */
  void decided(RoomId room, String about, String what) {
    write(line("room", room.toString()).put("about", about).put("out", what));
  }

  void cameIn(CallId call, String in, Consumer<ObjectNode> what) {
    ObjectNode line = line("call", call.value()).put("in", in);
    what.accept(line);
    write(line);
  }

  private ObjectNode line(String kind, String who) {
    return Json.object().put("t", Duration.between(start, time.now()).toMillis()).put(kind, who);
  }

  private void write(ObjectNode line) {
    lock.lock();
    try {
      out.accept(line.toString());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    try {
      end.close();
    } catch (Exception e) {
      throw new IllegalStateException("the journal could not be closed", e);
    }
  }
}
