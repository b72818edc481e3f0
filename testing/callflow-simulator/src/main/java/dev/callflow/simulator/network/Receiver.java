package dev.callflow.simulator.network;

/** One end of a connection in memory, as the other end sees it. */
public interface Receiver {

  /**
   * Takes bytes that arrive; there is no latency, and their order is that of the calls.
   *
   * @param bytes the bytes
   */
  void receive(byte[] bytes);

  /** Takes the end of the stream: nothing more arrives. */
  void receiveEnd();
}
