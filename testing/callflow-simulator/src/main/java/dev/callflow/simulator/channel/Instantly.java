package dev.callflow.simulator.channel;

/** An application that takes no time. */
public final class Instantly extends Running {

  private final Runnable effect;

  public Instantly(Context context, Runnable effect) {
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
