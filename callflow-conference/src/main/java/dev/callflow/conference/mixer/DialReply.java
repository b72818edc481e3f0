package dev.callflow.conference.mixer;

import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;

/** What became of a call that a room has placed. */
public sealed interface DialReply {

  /**
   * It was answered.
   *
   * @param leg the leg, ours from now on
   */
  record Answered(Leg leg) implements DialReply {}

  /**
   * It was not.
   *
   * @param cause why not
   */
  record Failed(HangupCause cause) implements DialReply {}

  /**
   * The switch did not say.
   *
   * @param why for instance that the link is down
   */
  record Unknown(String why) implements DialReply {}
}
