package dev.callflow.simulator.model;

/**
 * An application to be executed.
 *
 * <p>Executions nest as in FreeSWITCH: one that comes while none of the running ones is locked
 * starts at once, inside them, and what plays there waits; one that comes while a locked one runs
 * waits for its end.
 *
 * @param id chosen by who executes (FreeSWITCH: Application-UUID)
 * @param name the application's name as it was given
 * @param data its argument as it was given
 * @param what what it means
 * @param locked whether nothing else may start before it has ended (FreeSWITCH: event-lock)
 * @param loops how often it is executed, one time after the other; negative for without end. As in
 *     FreeSWITCH, what takes less than half a second is not repeated
 */
public record Execution(
    String id, String name, String data, Application what, boolean locked, int loops) {

  /**
   * Executes once.
   *
   * @param id chosen by who executes
   * @param name the application's name as it was given
   * @param data its argument as it was given
   * @param what what it means
   * @param locked whether nothing else may start before it has ended
   */
  public Execution(String id, String name, String data, Application what, boolean locked) {
    this(id, name, data, what, locked, 1);
  }

  /**
   * Returns the same with one time less to go.
   *
   * @return the next round; without end if this one is
   */
  public Execution next() {
    return new Execution(id, name, data, what, locked, loops < 0 ? loops : loops - 1);
  }
}
