package dev.callflow.simulator.model;

/**
 * An application to execute.
 *
 * <p>Executions nest as in FreeSWITCH: while no running execution is locked, a new one starts at
 * once inside the running ones, and their playback pauses. While a locked one runs, a new one waits
 * for it to end.
 *
 * @param id the ID chosen by the sender (FreeSWITCH: Application-UUID)
 * @param name the application's name as it was sent
 * @param data the application's argument as it was sent
 * @param what the application
 * @param locked whether later executions wait for this one to end (FreeSWITCH: event-lock)
 * @param loops the number of consecutive runs; negative to repeat endlessly. As in FreeSWITCH, an
 *     application that takes less than half a second is not repeated
 */
public record Execution(
    String id, String name, String data, Application what, boolean locked, int loops) {

  /**
   * Creates an execution that runs once.
   *
   * @param id the ID chosen by the sender
   * @param name the application's name as it was sent
   * @param data the application's argument as it was sent
   * @param what the application
   * @param locked whether later executions wait for this one to end
   */
  public Execution(String id, String name, String data, Application what, boolean locked) {
    this(id, name, data, what, locked, 1);
  }

  /**
   * Returns a copy with a different application.
   *
   * @param application the application
   * @return the execution
   */
  public Execution with(Application application) {
    return new Execution(id, name, data, application, locked, loops);
  }

  /**
   * Returns the execution for the next run, with one loop fewer.
   *
   * @return the next execution; endless if this one is endless
   */
  public Execution next() {
    return new Execution(id, name, data, what, locked, loops < 0 ? loops : loops - 1);
  }
}
