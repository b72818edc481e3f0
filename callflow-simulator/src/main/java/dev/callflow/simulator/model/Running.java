package dev.callflow.simulator.model;

import java.time.Duration;
import java.time.Instant;

/** An application that a channel executes now; used inside the guard only. */
abstract class Running {

  private final Channel channel;
  private final Execution execution;
  private Instant begun = Instant.EPOCH;

  Running(Channel channel, Execution execution) {
    this.channel = channel;
    this.execution = execution;
  }

  final Channel channel() {
    return channel;
  }

  final Execution execution() {
    return execution;
  }

  final void end(String response) {
    channel.executions().ended(this, response);
  }

  final void begin(Instant now) {
    begun = now;
    begin();
  }

  /** Whether it began so long ago. */
  final boolean hasRun(Duration least, Instant now) {
    return Duration.between(begun, now).compareTo(least) >= 0;
  }

  abstract void begin();

  /** Ends it because a command says so. */
  void stop() {
    cut();
  }

  /** Ends it because the channel ends or goes elsewhere, or what it runs in ends. */
  abstract void cut();

  /** Another application starts inside this one. */
  void pause() {}

  /** The application that ran inside this one has ended. */
  void resume() {}

  void key(char key) {}

  void talking(boolean on) {}
}
