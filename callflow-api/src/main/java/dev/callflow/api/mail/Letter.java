package dev.callflow.api.mail;

import java.util.Optional;

/**
 * One mail to one guest.
 *
 * @param guest his address
 * @param subject one line
 * @param text the body
 * @param html the body once more, for who sees it
 */
record Letter(String guest, String subject, String text, Optional<String> html) {

  /** Shows nobody's address, and nothing of what is said. */
  @Override
  public String toString() {
    return "a letter";
  }
}
