package dev.callflow.conference.mixer;

/** The mixer's reply to a command. An event reports the change itself. */
public sealed interface MixerReply {

  /** The mixer accepted the command. */
  record Done() implements MixerReply {}

  /**
   * The mixer refused the command.
   *
   * @param why the mixer's own message; it may name files, so log it but never send it to a client
   */
  record Refused(String why) implements MixerReply {}

  /** The room does not exist, or it has no such member. */
  record NotThere() implements MixerReply {}

  /**
   * No reply arrived; the command may or may not have been executed.
   *
   * @param why the cause, for instance that the link is down
   */
  record Unknown(String why) implements MixerReply {}
}
