package dev.callflow.testkit.model;

/** An application that a channel executes now; used inside the guard only. */
abstract class Running {

  private final Channel channel;
  private final Execution execution;

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
