package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.process.Subject;

/** Subjects that hold connections. */
public final class ConnectionSubjects {

  private ConnectionSubjects() {}

  /**
   * Creates a subject that accepts calls.
   *
   * @param name {@code own} or {@code bare}
   * @return the subject
   */
  public static Subject outbound(String name) {
    return name.equals("own") ? new OwnHoldingServer() : new BareHoldingServer();
  }

  /**
   * Creates a subject that connects clients to a server.
   *
   * @param port the port of the server
   * @return the subject
   */
  public static Subject inbound(int port) {
    return new Clients(port);
  }
}
