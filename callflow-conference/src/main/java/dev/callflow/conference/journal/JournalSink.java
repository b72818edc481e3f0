package dev.callflow.conference.journal;

/** Receives the lines of a journal, one at a time. */
@FunctionalInterface
interface JournalSink {

  /**
   * Receives a line.
   *
   * @param millis the time of the line, in milliseconds since the start of the journal
   * @param line the line, without a line feed
   */
  void line(long millis, String line);
}
