package dev.callflow.benchmarks.roundtrip;

import dev.callflow.benchmarks.process.Subject;

/** Subjects that send commands and wait for the replies. */
public final class RoundTripSubjects {

  private RoundTripSubjects() {}

  /**
   * Creates a subject. Its task is {@code one N EVENTS} (N commands one after another, while the
   * server sends EVENTS events a second) or {@code many N} (N commands pipelined).
   *
   * @param name {@code own}, {@code bare} or {@code bare-in-loop}
   * @param port the port of the server
   * @return the subject
   */
  public static Subject of(String name, int port) {
    CommandSender sender =
        switch (name) {
          case "own" -> new OwnCommandSender(port);
          case "bare" -> new BareCommandSender(port);
          case "bare-in-loop" -> new BareCommandSender.InLoop(port);
          default -> throw new IllegalArgumentException("unknown subject " + name);
        };
    return task ->
        task.getFirst().equals("one")
            ? sender.times(Integer.parseInt(task.get(1)), Integer.parseInt(task.get(2)))
            : sender.pipelined(Integer.parseInt(task.get(1)));
  }
}
