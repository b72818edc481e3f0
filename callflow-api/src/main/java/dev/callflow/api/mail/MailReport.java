package dev.callflow.api.mail;

import dev.callflow.conference.mixer.RoomId;

/** What has become of one guest's invitation; nobody's address stands in it. */
public sealed interface MailReport {

  /**
   * Returns the conference that the guest is invited to.
   *
   * @return the conference
   */
  RoomId room();

  /**
   * The mail server has taken it.
   *
   * @param room which conference
   */
  record Sent(RoomId room) implements MailReport {}

  /**
   * The mail server is away, or did not take it; it is tried again.
   *
   * @param room which conference
   * @param attempt how often it was tried, from 1 on
   * @param why what went wrong
   */
  record Delayed(RoomId room, int attempt, String why) implements MailReport {}

  /**
   * It will not be sent.
   *
   * @param room which conference
   * @param why what went wrong
   */
  record GivenUp(RoomId room, String why) implements MailReport {}
}
