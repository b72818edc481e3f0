package dev.callflow.simulator.channel;

/** An application that takes no time. */
public final class Immediate extends Running {

  private final Runnable effect;

  public Immediate(Context context, Runnable effect) {
    super(context);
    this.effect = effect;
  }

  @Override
  protected void begin() {
    effect.run();
    end("_none_");
  }

  @Override
  protected void cut() {
    end("_none_");
  }
}
