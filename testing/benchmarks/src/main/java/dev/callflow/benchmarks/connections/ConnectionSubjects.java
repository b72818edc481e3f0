package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.process.Subject;

/** Those who hold connections. */
public final class ConnectionSubjects {

  private ConnectionSubjects() {}

  /**
   * Makes one that takes calls.
   *
   * @param name {@code own} or {@code bare}
   * @return the subject
   */
  public static Subject outbound(String name) {
    return name.equals("own") ? new OwnHolding() : new BareHolding();
  }

  /**
   * Makes one that connects to a server.
   *
   * @param port where it is
   * @return the subject
   */
  public static Subject inbound(int port) {
    return new Clients(port);
  }
}
