package dev.callflow.conference.journal;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Writes down what comes in from callers and operators and what the engine decides, line by line as
 * JSON, so that it can be run again ({@link JournalReader}).
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

  private final JournalWriter writer;
  private final AutoCloseable end;

  private Journal(JournalWriter writer, AutoCloseable end) {
    this.writer = writer;
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
    return new Journal(new JournalWriter(time, maskNumbers, written), written);
  }

  /**
   * Begins a journal that is given line by line to somebody else; it masks nothing but PINs.
   *
   * @param time by which its times are
   * @param lines gets each line, without a line feed, one at a time
   * @return the journal
   */
  public static Journal to(TimeSource time, Consumer<String> lines) {
    return new Journal(new JournalWriter(time, false, lines), () -> {});
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
    writer.arrives(leg.id(), call);
    return new JournaledLeg(leg, writer);
  }

  /**
   * Puts the journal between a mixer and the conferences.
   *
   * @param mixer the mixer
   * @return the mixer for the conferences
   */
  public Mixer mixer(Mixer mixer) {
    return new JournaledMixer(mixer, writer);
  }

  /**
   * Puts the journal before an observer of conferences.
   *
   * @param next the observer that gets every call after the journal
   * @return the observer for the conferences
   */
  public ConferenceObserver observer(ConferenceObserver next) {
    return new JournaledObserver(next, writer);
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
