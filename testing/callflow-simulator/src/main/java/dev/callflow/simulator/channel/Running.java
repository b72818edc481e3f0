package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.time.Instant;

/** An application that a channel executes now; used under the switch's lock only. */
public abstract class Running {

  /** Is told that an application has ended; once only. */
  interface Ending {
    void ended(Running ended, String response);
  }

  /** What an application is executed for, and who is told when it has ended. */
  public static final class Context {

    private final SwitchLock lock;
    private final Channel channel;
    private final Execution execution;
    private final Ending ending;

    Context(SwitchLock lock, Channel channel, Execution execution, Ending ending) {
      this.lock = lock;
      this.channel = channel;
      this.execution = execution;
      this.ending = ending;
    }

    public Channel channel() {
      return channel;
    }

    public Execution execution() {
      return execution;
    }
  }

  private final Context context;
  private Instant begun = Instant.EPOCH;

  protected Running(Context context) {
    this.context = context;
  }

  protected final SwitchLock lock() {
    return context.lock;
  }

  public final Channel channel() {
    return context.channel;
  }

  public final Execution execution() {
    return context.execution;
  }

  protected final void emit(SwitchEvent event) {
    context.lock.emit(event);
  }

  protected final void end(String response) {
    context.ending.ended(this, response);
  }

  final void begin(Instant now) {
    begun = now;
    begin();
  }

  /** Whether it began so long ago. */
  final boolean hasRun(Duration least, Instant now) {
    return Duration.between(begun, now).compareTo(least) >= 0;
  }

  protected abstract void begin();

  /** Ends it because a command says so. */
  protected void stop() {
    cut();
  }

  /** Ends it because the channel ends or goes elsewhere, or what it runs in ends. */
  protected abstract void cut();

  /** Another application starts inside this one. */
  protected void pause() {}

  /** The application that ran inside this one has ended. */
  protected void resume() {}

  protected void key(char key) {}

  protected void talking(boolean on) {}

  /** Whether it plays something to the channel, which a break ends. */
  protected boolean plays() {
    return false;
  }

  /** Whether it only waits: it leaves the answer of the application before it alone. */
  protected boolean onlyWaits() {
    return false;
  }

  /** Whether the channel's own thread has gone away to it, so that only its return ends it. */
  protected boolean isAway() {
    return false;
  }

  /**
   * Lets an application end that lasts until something else ends it.
   *
   * @param alone whether nothing runs inside it
   * @return whether it is one
   */
  protected boolean finish(String response, boolean alone) {
    return false;
  }
}
