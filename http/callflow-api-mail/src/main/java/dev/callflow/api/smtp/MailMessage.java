package dev.callflow.api.smtp;

import java.util.Optional;

/**
 * An email to one guest.
 *
 * @param guest the guest's email address
 * @param subject the subject, on a single line
 * @param text the body in plain text
 * @param html the body in HTML; empty if the email has no HTML part
 */
record MailMessage(String guest, String subject, String text, Optional<String> html) {

  /** Omits the address and contents. */
  @Override
  public String toString() {
    return "an email";
  }
}
