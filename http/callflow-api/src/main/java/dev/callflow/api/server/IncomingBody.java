package dev.callflow.api.server;

import java.io.IOException;
import java.time.Duration;

/** The body of a request that a server is receiving. Used by one thread. */
public interface IncomingBody {

  /**
   * Returns the size that the client has declared.
   *
   * @return the size in bytes; negative if the client has not declared it
   */
  long declaredLength();

  /**
   * Reads a part of the body; blocks until something has arrived.
   *
   * @param buffer the array to read into
   * @param timeout the time to wait at most. A server that cannot limit a single read waits as long
   *     as its own timeout for connections allows
   * @return the number of bytes read; -1 at the end of the body
   * @throws java.net.SocketTimeoutException if nothing has arrived in time
   * @throws IOException if the body cannot be read
   */
  int read(byte[] buffer, Duration timeout) throws IOException;

  /**
   * Discards the rest of a body that is not read, for a short time, so that the client can read the
   * refusal. By default does nothing, because most servers do this when a request ends.
   */
  default void discard() {}
}
