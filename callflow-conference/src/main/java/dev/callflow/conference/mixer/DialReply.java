package dev.callflow.conference.mixer;

import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;

/** The result of a call that a room placed. */
public sealed interface DialReply {

  /**
   * The call was answered.
   *
   * @param leg the answered leg, which Callflow controls from now on
   */
  record Answered(Leg leg) implements DialReply {}

  /**
   * The call was not answered.
   *
   * @param cause the hangup cause
   */
  record Failed(HangupCause cause) implements DialReply {}

  /**
   * The result is unknown.
   *
   * @param why the reason, for instance that the link is down
   */
  record Unknown(String why) implements DialReply {}
}
