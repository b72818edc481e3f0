package dev.callflow.store.kills;

import java.io.IOException;

/** A kind of store to test by killing hosts. */
interface KilledStore {

  /** Returns the name of the kind, for messages. */
  String name();

  /** Returns whether documents, including deleted ones, keep their revisions across a restart. */
  boolean revisionsStay();

  /** Returns how many stores of this kind a host opens at once. */
  default int stores() {
    return 1;
  }

  /** Creates an empty store and returns its address for {@link OpenStore#at}. */
  String create() throws IOException;

  /**
   * Kills a host.
   *
   * @param round the index of the kill in its series, starting at 0
   */
  default void kill(ProcessHandle host, int round) throws IOException {
    host.destroyForcibly();
  }

  /** Waits until the killed host can no longer change the store. */
  default void settle() throws IOException {}
}
