package dev.callflow.store.kills;

import java.io.IOException;

/** A kind of store whose hosts are killed. */
interface KilledStore {

  /** Returns the name of the kind, for messages. */
  String name();

  /** Returns whether a document has the same revision after a restart. */
  boolean revisionsStay();

  /** Returns how many stores of the kind a host has open at once. */
  default int stores() {
    return 1;
  }

  /** Makes an empty store; returns where a host opens it, as {@link OpenStore#at} takes it. */
  String make() throws IOException;

  /**
   * Kills a host.
   *
   * @param round which kill of a series it is, from 0
   */
  default void kill(ProcessHandle host, int round) throws IOException {
    host.destroyForcibly();
  }

  /** Returns once nothing of a host that was killed can change the store any more. */
  default void settle() throws IOException {}
}
