package dev.callflow.api.event;

import java.util.List;

/** The way to one client, over whatever connection it has. */
public interface Transport {

  /**
   * Sends texts in order; must not block. Called by one thread at a time, and not again before the
   * last texts were taken.
   *
   * @param texts the texts in UTF-8, shared with others: must not be changed
   * @param taken is run when the connection has taken them all and takes more; on any thread, also
   *     before this returns; never if the connection breaks
   */
  void send(List<byte[]> texts, Runnable taken);

  /** Breaks the connection off: the client takes nothing any more. Must not block. */
  void abort();
}
