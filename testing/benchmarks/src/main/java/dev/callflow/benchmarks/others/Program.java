package dev.callflow.benchmarks.others;

import java.util.List;

/**
 * A program that lets callers with the right PIN into a conference, and controls the conference.
 */
interface Program extends AutoCloseable {

  /** Mutes or unmutes all participants, and waits for what the program regards as success. */
  void muteAll(boolean on) throws Exception;

  /** Lists the participants. */
  List<Participant> participants();

  @Override
  void close();

  /** A participant. */
  record Participant(String call, String number, String name, boolean muted) {}
}
