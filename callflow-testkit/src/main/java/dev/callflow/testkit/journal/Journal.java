package dev.callflow.testkit.journal;

import dev.callflow.conference.ConferenceObserver;
import dev.callflow.conference.ConferenceOutcome;
import dev.callflow.conference.room.Entry;
import dev.callflow.conference.room.MemberFlag;
import dev.callflow.conference.room.Mixer;
import dev.callflow.conference.room.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.TimeSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes down what comes in from callers and what the engine decides, line by line as JSON, so that
 * it can be run again ({@link JournalReplay}).
 *
 * <p>PINs are never written: the keys of an entry that follows the prompt for one stand there as
 * {@code ?}. Callers' numbers and names can be replaced by others of the journal's own. Of a call's
 * variables only those are written by which Callflow knows its account and its owner.
 *
 * <p>Safe for use by any thread. Each line is on its way to the file when the method returns.
 */
public final class Journal implements AutoCloseable {

  /** The variables of a call that decide anything. */
  static final List<String> VARIABLES =
      List.of(
          "callflow_account_id",
          "callflow_authorizing_type",
          "callflow_authorizing_id",
          "callflow_owner_id");

  private final TimeSource time;
  private final Instant start;
  private final boolean maskNumbers;
  private final Consumer<String> out;
  private final AutoCloseable end;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> masks = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  Journal(TimeSource time, boolean maskNumbers, Consumer<String> out, AutoCloseable end) {
    this.time = time;
    this.start = time.now();
    this.maskNumbers = maskNumbers;
    this.out = out;
    this.end = end;
  }

  /**
   * Begins a journal.
   *
   * @param file where to; what is there is replaced
   * @param time by which its times are
   * @param maskNumbers whether callers' numbers and names are replaced by made-up ones
   * @return the journal
   * @throws IOException if the file cannot be written
   */
  public static Journal open(Path file, TimeSource time, boolean maskNumbers) throws IOException {
    BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    return new Journal(
        time,
        maskNumbers,
        line -> {
          try {
            writer.write(line);
            writer.newLine();
            writer.flush();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        writer);
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
    ObjectNode line = line(leg.id());
    line.put("in", "arrives").put("to", call.number());
    line.put("from", number(call.callerNumber()));
    line.put("name", maskNumbers ? "" : call.callerName());
    call.realm().ifPresent(realm -> line.put("realm", realm));
    ObjectNode variables = line.putObject("vars");
    VARIABLES.forEach(name -> call.variable(name).ifPresent(value -> variables.put(name, value)));
    write(line);
    return new JournaledLeg(leg, this);
  }

  /**
   * Puts the journal between a mixer and the conferences.
   *
   * @param mixer the mixer
   * @return the mixer for the conferences
   */
  public Mixer mixer(Mixer mixer) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("enter")) {
            decided(
                (CallId) arguments[0],
                "enters " + entered((RoomId) arguments[1], (Entry) arguments[2]));
          }
          return passedOn(mixer, method, arguments);
        };
    return (Mixer)
        Proxy.newProxyInstance(Mixer.class.getClassLoader(), new Class<?>[] {Mixer.class}, handler);
  }

  private static Object passedOn(Mixer mixer, Method method, Object[] arguments) throws Exception {
    try {
      return method.invoke(mixer, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static String entered(RoomId room, Entry entry) {
    return room.conference() + " " + new TreeSet<MemberFlag>(entry.flags());
  }

  /**
   * Puts the journal before an observer of conferences.
   *
   * @param next who is told as well
   * @return the observer for the conferences
   */
  public ConferenceObserver observer(ConferenceObserver next) {
    return (CallId call, ConferenceOutcome outcome) -> {
      decided(call, "ends the visit as " + outcome.key());
      next.ended(call, outcome);
    };
  }

  void decided(CallId call, String what) {
    write(line(call).put("out", what));
  }

  void cameIn(CallId call, Consumer<ObjectNode> what) {
    ObjectNode line = line(call);
    what.accept(line);
    write(line);
  }

  private ObjectNode line(CallId call) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("t", Duration.between(start, time.now()).toMillis())
        .put("call", call.value());
  }

  private void write(ObjectNode line) {
    lock.lock();
    try {
      out.accept(line.toString());
    } finally {
      lock.unlock();
    }
  }

  /** The same number is the same made-up one throughout a journal, and in no other. */
  private String number(String number) {
    if (!maskNumbers || number.isEmpty()) {
      return number;
    }
    lock.lock();
    try {
      return masks.computeIfAbsent(
          number,
          fresh -> {
            StringBuilder made = new StringBuilder();
            number
                .chars()
                .forEach(c ->
                    made.append(
                        Character.isDigit(c) ? (char) ('0' + random.nextInt(10)) : (char) c));
            return made.toString();
          });
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
