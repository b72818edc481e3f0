package dev.callflow.api.smtp;

import dev.callflow.conference.mixer.RoomId;

/** Reports the progress of one guest's invitation, without the guest's address. */
public sealed interface MailReport {

  /**
   * Returns the conference of the invitation.
   *
   * @return the conference
   */
  RoomId room();

  /**
   * The mail server has accepted the email.
   *
   * @param room the conference
   */
  record Sent(RoomId room) implements MailReport {}

  /**
   * The mail server is unreachable or has temporarily refused the email, which will be retried.
   *
   * @param room the conference
   * @param attempt the number of attempts so far, starting at 1
   * @param reason the reason
   */
  record Delayed(RoomId room, int attempt, String reason) implements MailReport {}

  /**
   * The email will not be sent.
   *
   * @param room the conference
   * @param reason the reason
   */
  record GivenUp(RoomId room, String reason) implements MailReport {}
}
