package dev.callflow.api.mail;

/** What became of a letter that was brought to the mail server. */
sealed interface Delivery {

  /** The server has taken it. */
  record Sent() implements Delivery {}

  /** The server cannot be reached. */
  record Away(String why) implements Delivery {}

  /** The server does not take it now. */
  record NotNow(String why) implements Delivery {}

  /** The server will never take it. */
  record Never(String why) implements Delivery {}

  /** Brings letters to a mail server; safe for use by any thread. */
  @FunctionalInterface
  interface Post {

    /** Brings one; blocks until it is taken or refused. */
    Delivery deliver(Letter letter);
  }
}
