package dev.callflow.simulator.model;

import java.util.Optional;

/** An application that lasts until something else ends it. */
final class Standing extends Running {

  private Optional<String> leaving = Optional.empty();

  Standing(Channel channel, Execution execution) {
    super(channel, execution);
  }

  @Override
  void begin() {}

  /** Ends it as soon as nothing runs in it. */
  void finish(String response, boolean alone) {
    if (alone) {
      end(response);
    } else {
      leaving = Optional.of(response);
    }
  }

  boolean leaves() {
    return leaving.isPresent();
  }

  @Override
  void resume() {
    leaving.ifPresent(this::end);
  }

  @Override
  void cut() {
    end("_none_");
  }
}
