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
 * Records the input of callers and operators and the decisions of the engine, one JSON object per
 * line, so that the calls can be replayed ({@link JournalReader}).
 *
 * <p>PINs are never written. A key press is written at once, but without the key. The key is
 * written when it is consumed, unless it is part of a secret. Caller numbers can be replaced by
 * random ones and caller names omitted. The only call variables written are those that identify the
 * account and the owner.
 *
 * <p>A journal ends when it reaches its maximum size. While its file cannot be written, for
 * instance because the disk is full, lines are lost; afterwards a line says how many are missing
 * ({@link JournalReader#MISSING}). Both are logged, and calls continue. Safe for use by any thread.
 * A method that records something returns after the line has been written to the file or lost.
 */
public final class Journal implements AutoCloseable {

  /** The default maximum size in bytes, enough for several hundred thousand calls. */
  public static final long DEFAULT_MAX_SIZE = 256L << 20;

  private final JournalWriter writer;
  private final AutoCloseable end;

  private Journal(JournalWriter writer, AutoCloseable end) {
    this.writer = writer;
    this.end = end;
  }

  /**
   * Starts a journal of at most {@link #DEFAULT_MAX_SIZE} bytes.
   *
   * @param file the file; an existing file is renamed by appending {@code .1}
   * @param time the source of the times in the journal
   * @param maskNumbers whether caller numbers are replaced by random ones, and caller names omitted
   * @return the journal
   * @throws IOException if the file cannot be created
   */
  public static Journal open(Path file, TimeSource time, boolean maskNumbers) throws IOException {
    return open(file, time, maskNumbers, DEFAULT_MAX_SIZE);
  }

  /**
   * Starts a journal.
   *
   * @param file the file; an existing file is renamed by appending {@code .1}
   * @param time the source of the times in the journal
   * @param maskNumbers whether caller numbers are replaced by random ones, and caller names omitted
   * @param maxSize the maximum size in bytes, at which the journal ends
   * @return the journal
   * @throws IOException if the file cannot be created
   */
  public static Journal open(Path file, TimeSource time, boolean maskNumbers, long maxSize)
      throws IOException {
    JournalFile written = JournalFile.create(file, time, maxSize);
    return new Journal(new JournalWriter(time, maskNumbers, written), written);
  }

  /**
   * Starts a journal that passes its lines to a consumer. It masks PINs, but not caller numbers.
   *
   * @param time the source of the times in the journal
   * @param lines receives the lines one at a time, without line feeds
   * @return the journal
   */
  public static Journal to(TimeSource time, Consumer<String> lines) {
    return new Journal(
        new JournalWriter(time, false, (millis, line) -> lines.accept(line)), () -> {});
  }

  /**
   * Wraps a leg so that the journal records its events and commands; to be used with {@link
   * dev.callflow.core.CallflowEngine.Builder#legs}.
   *
   * @param leg the call's leg
   * @param call the properties of the call
   * @return the leg to pass to the engine
   */
  public Leg leg(Leg leg, IncomingCall call) {
    writer.arrives(leg.id(), call);
    return new JournaledLeg(leg, writer);
  }

  /**
   * Wraps a mixer so that the journal records the commands to it.
   *
   * @param mixer the mixer
   * @return the mixer to use for the conferences
   */
  public Mixer mixer(Mixer mixer) {
    return new JournaledMixer(mixer, writer);
  }

  /**
   * Wraps an observer of conferences so that the journal records each notification before the
   * observer receives it.
   *
   * @param next the observer
   * @return the observer to use for the conferences
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
