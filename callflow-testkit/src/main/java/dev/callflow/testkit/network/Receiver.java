package dev.callflow.testkit.network;

/** One end of a connection in memory, as the other end sees it. */
interface Receiver {

  /** Bytes arrive at once: there is no latency, and the order is that of the calls. */
  void receive(byte[] bytes);

  /** Nothing more comes. */
  void receiveEnd();
}
