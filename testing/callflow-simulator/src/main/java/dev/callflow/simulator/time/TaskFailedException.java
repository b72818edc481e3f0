package dev.callflow.simulator.time;

import java.io.Serial;
import java.util.List;

/**
 * Thrown when tasks have ended with exceptions. The first exception is the cause; the others are
 * suppressed exceptions.
 */
public final class TaskFailedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  TaskFailedException(List<Failure> failures) {
    super(
        "task \"%s\" failed: %s"
            .formatted(failures.getFirst().task(), failures.getFirst().exception()),
        failures.getFirst().exception());
    failures.stream().skip(1).map(Failure::exception).forEach(this::addSuppressed);
  }

  /**
   * A failed task.
   *
   * @param task the name of the task
   * @param exception the exception that ended it
   */
  record Failure(String task, Throwable exception) {}
}
