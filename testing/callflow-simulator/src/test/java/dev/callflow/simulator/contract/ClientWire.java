package dev.callflow.simulator.contract;

import java.io.IOException;
import java.util.List;

/** A client's end of an event-socket connection; what comes is collected. */
interface ClientWire {

  void write(String data) throws IOException;

  /** What has come so far; the last frame says so if the switch has closed. */
  List<Frame> frames();

  void close() throws IOException;
}
