package dev.callflow.simulator.wire;

import dev.callflow.simulator.wire.command.ShutdownCommands;
import dev.callflow.simulator.wire.job.Jobs;
import java.time.Duration;

/** Shuts a simulated FreeSWITCH down in the steps in which a real one does. Thread-safe. */
final class Shutdown implements ShutdownCommands.Target {

  /** The delay after which FreeSWITCH's main loop notices the request. */
  private static final Duration UNTIL_NOTICED = Duration.ofMillis(200);

  /** The time that FreeSWITCH takes to unload the modules before the event socket. */
  private static final Duration UNTIL_CLOSED = Duration.ofMillis(400);

  private static final Duration UNTIL_STARTED_AGAIN = Duration.ofSeconds(5);

  /** The interval at which FreeSWITCH checks whether calls are left. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  /** The parts of the switch that a shutdown affects. */
  interface Parts {

    /** Sends an event whose only header of its own is {@code Event-Info}. */
    void publish(String event, String info);

    int calls();

    void hangUpAll(String cause);

    /** Sends a disconnect notice to all connections, closes them, and refuses new ones. */
    void closeConnections();

    /** Drops all connections without a notice, and refuses new ones. */
    void dropConnections();

    /** Accepts connections again, as another process. */
    void listenAgain();
  }

  private enum State {
    RUNNING,
    /** Waits for the calls to end. */
    WAITING,
    ENDING,
    DOWN
  }

  private final Parts parts;
  private final Jobs jobs;
  private State state = State.RUNNING;
  private boolean refuses;

  Shutdown(Parts parts, Jobs jobs) {
    this.parts = parts;
    this.jobs = jobs;
  }

  synchronized boolean isDown() {
    return state == State.DOWN;
  }

  /** Returns whether new calls are refused. */
  synchronized boolean refusesCalls() {
    return refuses;
  }

  private synchronized boolean becomes(State from, State to) {
    if (state != from) {
      return false;
    }
    state = to;
    refuses = to == State.ENDING || to == State.DOWN;
    return true;
  }

  private synchronized void refuse(boolean on) {
    refuses = on;
  }

  @Override
  public void shutDown(boolean restart) {
    if (becomes(State.RUNNING, State.ENDING) || becomes(State.WAITING, State.ENDING)) {
      jobs.later(UNTIL_NOTICED, () -> endCalls(restart));
    }
  }

  private void endCalls(boolean restart) {
    parts.publish("SHUTDOWN", "System Shutting Down");
    parts.hangUpAll("SYSTEM_SHUTDOWN");
    jobs.later(
        UNTIL_CLOSED,
        () -> {
          parts.closeConnections();
          end(restart);
        });
  }

  private void end(boolean restart) {
    becomes(State.ENDING, State.DOWN);
    if (restart) {
      jobs.later(UNTIL_STARTED_AGAIN, this::startUp);
    }
  }

  @Override
  public void shutDownWithoutCalls(String what, boolean refuse, boolean restart) {
    if (!becomes(State.RUNNING, State.WAITING)) {
      return;
    }
    refuse(refuse);
    parts.publish("SHUTDOWN_REQUESTED", what);
    while (isWaiting() && parts.calls() > 0 && !Thread.currentThread().isInterrupted()) {
      jobs.pause(POLL_INTERVAL);
    }
    if (isWaiting()) {
      shutDown(restart);
    }
  }

  private synchronized boolean isWaiting() {
    return state == State.WAITING;
  }

  @Override
  public void cancel() {
    becomes(State.WAITING, State.RUNNING);
  }

  @Override
  public void crash() {
    synchronized (this) {
      state = State.DOWN;
      refuses = true;
    }
    parts.dropConnections();
    parts.hangUpAll("SYSTEM_SHUTDOWN");
  }

  @Override
  public void hangUpAll() {
    parts.hangUpAll("MANAGER_REQUEST");
  }

  /** Starts again after a shutdown or a crash; otherwise, does nothing. */
  void startUp() {
    if (becomes(State.DOWN, State.RUNNING)) {
      parts.listenAgain();
    }
  }
}
