package dev.callflow.contract;

import java.io.IOException;

/** A switch against which recordings are replayed. */
interface TestedSwitch extends AutoCloseable {

  /** Waits until the given time, in milliseconds since the start. */
  void at(double millis) throws InterruptedException;

  /** Lets the switch finish everything that it can do without time passing. */
  void settle() throws InterruptedException;

  void call(String name, String number, String to);

  void press(String name, String keys);

  void talk(String name, double millis);

  void hangUp(String name, String cause);

  /** Opens an event-socket connection. */
  ClientWire connect() throws IOException;

  /**
   * Opens a connection from an address that is not on the access list, if the switch has such a
   * list.
   */
  default ClientWire connectAsStranger() throws IOException {
    return connect();
  }

  /** Waits for the next call that the switch hands over. */
  ClientWire accept() throws IOException, InterruptedException;

  /** Returns the UUID of a caller's own leg, or of the leg that represents the caller. */
  String uuid(String name);

  /** Returns the UUID of the leg that the switch sees as the incoming call. */
  String leg(String name);

  /** Returns the maximum time in milliseconds to wait for frames that are expected at once. */
  long timeoutMillis();

  @Override
  void close() throws IOException;
}
