package dev.callflow.esl;

import dev.callflow.esl.runtime.EslMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the metrics were told, in order. */
final class Counted implements EslMetrics {

  private final List<String> told = new CopyOnWriteArrayList<>();

  List<String> told() {
    return told;
  }

  @Override
  public void opened(Direction direction) {
    told.add("opened " + direction);
  }

  @Override
  public void closed(Direction direction) {
    told.add("closed " + direction);
  }

  @Override
  public void answered(String command, Duration took) {
    told.add("answered " + command);
  }

  @Override
  public void unanswered(String command) {
    told.add("unanswered " + command);
  }

  @Override
  public void strayAnswer() {
    told.add("stray answer");
  }

  @Override
  public void unknownFrame() {
    told.add("unknown frame");
  }

  @Override
  public void readingPaused() {
    told.add("paused");
  }

  @Override
  public void overflowed() {
    told.add("overflowed");
  }
}
