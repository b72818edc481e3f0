package dev.callflow.benchmarks.roundtrip;

import dev.callflow.benchmarks.process.Subject;

/** Those who send commands and wait for replies. */
public final class RoundTripSubjects {

  private RoundTripSubjects() {}

  /**
   * Makes one; its task is {@code one N EVENTS} (one after the other, under events a second) or
   * {@code many N}.
   *
   * @param name {@code own}, {@code bare} or {@code bare-in-loop}
   * @param port where the server is
   * @return the subject
   */
  public static Subject of(String name, int port) {
    Asking asking =
        switch (name) {
          case "own" -> new OwnAsking(port);
          case "bare" -> new BareAsking(port);
          case "bare-in-loop" -> new BareAsking.InLoop(port);
          default -> throw new IllegalArgumentException(name);
        };
    return task ->
        task.getFirst().equals("one")
            ? asking.times(Integer.parseInt(task.get(1)), Integer.parseInt(task.get(2)))
            : asking.pipelined(Integer.parseInt(task.get(1)));
  }
}
