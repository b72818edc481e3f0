package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.Application;
import java.util.Optional;

/** An application that runs until it is ended from outside. */
public final class OpenEnded extends Running {

  private Optional<String> leaving = Optional.empty();

  public OpenEnded(Context context) {
    super(context);
  }

  @Override
  protected void begin() {}

  /** Ends the application as soon as no other application runs inside it. */
  @Override
  protected boolean finish(String response, boolean alone) {
    if (alone) {
      end(response);
    } else {
      leaving = Optional.of(response);
    }
    return true;
  }

  @Override
  protected boolean onlyWaits() {
    return true;
  }

  @Override
  protected boolean isAway() {
    return leaving.isEmpty()
        && execution().what() instanceof Application.External(boolean parked)
        && !parked;
  }

  @Override
  protected void resume() {
    leaving.ifPresent(this::end);
  }

  @Override
  protected void cut() {
    end("_none_");
  }
}
