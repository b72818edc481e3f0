package dev.callflow.simulator.model;

/** An application that takes no time. */
final class Instantly extends Running {

  private final Runnable effect;

  Instantly(Channel channel, Execution execution, Runnable effect) {
    super(channel, execution);
    this.effect = effect;
  }

  @Override
  void begin() {
    effect.run();
    end("_none_");
  }

  @Override
  void cut() {
    end("_none_");
  }
}
