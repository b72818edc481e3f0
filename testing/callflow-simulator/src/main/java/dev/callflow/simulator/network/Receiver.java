package dev.callflow.simulator.network;

/** One end of an in-memory connection, as the other end sees it. */
public interface Receiver {

  /**
   * Receives bytes without delay, in the order in which they were sent.
   *
   * @param bytes the bytes
   */
  void receive(byte[] bytes);

  /** Receives the end of the stream. No bytes follow. */
  void receiveEnd();
}
