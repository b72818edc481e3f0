package dev.callflow.api.mail;

/** The outcome of handing a mail to the mail server. */
sealed interface Delivery {

  /** The server has taken it. */
  record Sent() implements Delivery {}

  /** The server cannot be reached. */
  record Away(String why) implements Delivery {}

  /** The server does not take it now. */
  record NotNow(String why) implements Delivery {}

  /** The server will never take it. */
  record Never(String why) implements Delivery {}

  /** Whether another attempt may have another outcome. */
  default boolean isWorthRetrying() {
    return switch (this) {
      case Sent sent -> false;
      case Away away -> true;
      case NotNow notNow -> true;
      case Never never -> false;
    };
  }

  /** Hands mails to a mail server; safe for use by any thread. */
  @FunctionalInterface
  interface Post {

    /** Hands over one mail; blocks until it is taken or refused. */
    Delivery deliver(MailMessage mail);
  }
}
