package dev.callflow.esl;

import dev.callflow.esl.runtime.EslMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records which of its methods are called, in order. */
final class RecordedMetrics implements EslMetrics {

  private final List<String> recorded = new CopyOnWriteArrayList<>();

  List<String> recorded() {
    return recorded;
  }

  @Override
  public void opened(Direction direction) {
    recorded.add("opened " + direction);
  }

  @Override
  public void closed(Direction direction) {
    recorded.add("closed " + direction);
  }

  @Override
  public void reconnected() {
    recorded.add("reconnected");
  }

  @Override
  public void answered(String command, Duration took) {
    recorded.add("answered " + command);
  }

  @Override
  public void unanswered(String command) {
    recorded.add("unanswered " + command);
  }

  @Override
  public void strayAnswer() {
    recorded.add("stray answer");
  }

  @Override
  public void unknownFrame() {
    recorded.add("unknown frame");
  }

  @Override
  public void readingPaused() {
    recorded.add("paused");
  }

  @Override
  public void overflowed() {
    recorded.add("overflowed");
  }
}
