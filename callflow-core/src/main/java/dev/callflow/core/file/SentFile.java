package dev.callflow.core.file;

/** The result of asking a switch to send a file. */
public sealed interface SentFile {

  /** The switch has sent the file, and the host has accepted it. */
  record Sent() implements SentFile {}

  /**
   * The switch has not sent the file.
   *
   * @param why the reason as a clause, without a path
   */
  record NotSent(String why) implements SentFile {}
}
