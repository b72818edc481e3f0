package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.process.Subject;
import java.util.Map;

/** Applications that accept calls, collect a PIN and let callers into a conference. */
public final class CallSubjects {

  static final String PIN = "1234";

  /** The number of rooms of the subject {@code rooms}. */
  static final int ROOMS = 100;

  private CallSubjects() {}

  /**
   * Starts an application.
   *
   * @param name {@code own} for Callflow with one room, {@code rooms} for Callflow with 100 rooms,
   *     or {@code bare} for bare Netty that sends the same commands
   * @param controlPort the port on which FreeSWITCH listens
   * @return the subject. Its task {@code port} returns the port for calls, and its task {@code
   *     cost} the CPU time so far, and its task {@code memory} the memory in use.
   */
  public static Subject of(String name, int controlPort) {
    int port =
        switch (name) {
          case "own" -> OwnCalls.start(controlPort, 0, 1).port();
          case "rooms" -> OwnCalls.start(controlPort, 0, ROOMS).port();
          case "bare" -> BareCalls.start(controlPort);
          default -> throw new IllegalArgumentException("unknown subject " + name);
        };
    return task ->
        switch (task.getFirst()) {
          case "port" -> Map.of("port", (double) port);
          case "cost" -> Map.of("cpu", Cost.processSeconds());
          case "memory" ->
              Map.of("heap", (double) Cost.heap(), "resident", (double) Cost.resident());
          default -> throw new IllegalArgumentException("unknown task " + task);
        };
  }
}
