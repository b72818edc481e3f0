package dev.callflow.simulator.network;

/** One end of an in-memory connection, as the other end sees it. */
public interface Receiver {

  /**
   * Receives bytes at once, in the order of the calls.
   *
   * @param bytes the bytes
   */
  void receive(byte[] bytes);

  /** Receives the end of the stream. No bytes follow. */
  void receiveEnd();
}
