package dev.callflow.api.smtp;

/** The result of passing an email to the mail server. */
sealed interface Delivery {

  /** The server has accepted the email. */
  record Sent() implements Delivery {}

  /** The server cannot be reached. */
  record Unreachable(String reason) implements Delivery {}

  /** The server has refused the email temporarily. */
  record TemporaryFailure(String reason) implements Delivery {}

  /** The email will never be accepted. */
  record PermanentFailure(String reason) implements Delivery {}

  /** Returns whether another attempt may succeed. */
  default boolean isWorthRetrying() {
    return switch (this) {
      case Sent sent -> false;
      case Unreachable unreachable -> true;
      case TemporaryFailure failure -> true;
      case PermanentFailure failure -> false;
    };
  }

  /** Sends emails to a mail server. Safe for use by any thread. */
  @FunctionalInterface
  interface Sender {

    /** Sends one email; blocks until the server accepts or refuses it. */
    Delivery deliver(MailMessage mail);
  }
}
