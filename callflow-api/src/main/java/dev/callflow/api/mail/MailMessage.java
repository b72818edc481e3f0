package dev.callflow.api.mail;

import java.util.Optional;

/**
 * One mail to one guest.
 *
 * @param guest the guest's address
 * @param subject one line
 * @param text the body
 * @param html the body once more, for programs that show it
 */
record MailMessage(String guest, String subject, String text, Optional<String> html) {

  /** Shows nobody's address, and nothing of what is said. */
  @Override
  public String toString() {
    return "a mail";
  }
}
