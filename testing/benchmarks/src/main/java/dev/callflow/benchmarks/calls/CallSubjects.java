package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.process.Subject;
import java.util.Map;

/** Applications that take calls, ask for a PIN and let callers into a conference. */
public final class CallSubjects {

  static final String PIN = "1234";

  private CallSubjects() {}

  /**
   * Starts one.
   *
   * @param name {@code own}, or {@code bare} for Netty and the same commands
   * @param controlPort where FreeSWITCH listens
   * @return the subject: {@code port} tells where it takes calls, {@code cost} what it has cost
   */
  public static Subject of(String name, int controlPort) {
    int port =
        switch (name) {
          case "own" -> OwnCalls.start(controlPort);
          case "bare" -> BareCalls.start(controlPort);
          default -> throw new IllegalArgumentException(name);
        };
    return task ->
        switch (task.getFirst()) {
          case "port" -> Map.of("port", (double) port);
          case "cost" -> Map.of("cpu", Cost.processSeconds());
          default -> throw new IllegalArgumentException(task.getFirst());
        };
  }
}
