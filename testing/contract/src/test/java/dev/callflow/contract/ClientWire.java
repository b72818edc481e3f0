package dev.callflow.contract;

import java.io.IOException;
import java.util.List;

/** A client's end of an event-socket connection, which collects the received frames. */
interface ClientWire {

  void write(String data) throws IOException;

  /**
   * Returns the frames received so far; the last one is {@link Frame#CLOSED} if the switch has
   * closed the connection.
   */
  List<Frame> frames();

  void close() throws IOException;
}
