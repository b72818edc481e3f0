package dev.callflow.simulator.contract;

import java.io.IOException;

/** A switch that a recording is played against. */
interface TestedSwitch extends AutoCloseable {

  /** Lets so many milliseconds have passed since the start. */
  void at(double millis) throws InterruptedException;

  /** Lets the switch do what takes no time. */
  void settle() throws InterruptedException;

  void call(String name, String number, String to);

  void press(String name, String keys);

  void talk(String name, double millis);

  void hangUp(String name, String cause);

  /** Opens an event-socket connection. */
  ClientWire connect() throws IOException;

  /** Opens one from an address that is not on the access list, if the switch has one. */
  default ClientWire connectAsStranger() throws IOException {
    return connect();
  }

  /** Waits for the next call that the switch hands over. */
  ClientWire accept() throws IOException, InterruptedException;

  /** The uuid of a caller's own leg, or of the one that stands for it. */
  String uuid(String name);

  /** The uuid of the leg that the switch sees as the incoming call. */
  String leg(String name);

  /** For how long to wait for a frame that should come without time passing. */
  long patienceMillis();

  @Override
  void close() throws IOException;
}
