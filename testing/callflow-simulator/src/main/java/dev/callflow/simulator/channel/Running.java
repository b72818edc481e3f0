package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.time.Instant;

/** A running application of a channel. Guarded by the switch's lock. */
public abstract class Running {

  /** Receives a single notification when an application has ended. */
  interface Ending {
    void ended(Running ended, String response);
  }

  /** The channel and execution that an application belongs to, and the listener for its end. */
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

  /** Returns whether the application has run for at least the given time. */
  final boolean hasRun(Duration minimum, Instant now) {
    return Duration.between(begun, now).compareTo(minimum) >= 0;
  }

  protected abstract void begin();

  /** Stops the application on command. */
  protected void stop() {
    cut();
  }

  /**
   * Ends the application because its channel hangs up or is transferred, or because the enclosing
   * application ends.
   */
  protected abstract void cut();

  /** Called when another application starts inside this one. */
  protected void pause() {}

  /** Called when the application that ran inside this one has ended. */
  protected void resume() {}

  protected void key(char key) {}

  protected void talking(boolean on) {}

  /** Returns whether {@code uuid_break} stops this application. */
  protected boolean plays() {
    return false;
  }

  /**
   * Returns whether the application only waits and so keeps the previous application's response.
   */
  protected boolean onlyWaits() {
    return false;
  }

  /**
   * Returns whether the application occupies the channel's own thread; a hangup does not end such
   * an application.
   */
  protected boolean isAway() {
    return false;
  }

  /**
   * Ends the application if it is open-ended, which means that it runs until this method is called.
   *
   * @param response the response with which the application ends
   * @param alone whether no other application is running inside this one
   * @return whether the application is open-ended
   */
  protected boolean finish(String response, boolean alone) {
    return false;
  }
}
