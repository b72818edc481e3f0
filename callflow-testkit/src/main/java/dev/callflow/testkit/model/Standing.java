package dev.callflow.testkit.model;

/** An application that lasts until something else ends it. */
final class Standing extends Running {

  Standing(Channel channel, Execution execution) {
    super(channel, execution);
  }

  @Override
  void begin() {}

  @Override
  void cut() {
    end("_none_");
  }
}
