package dev.callflow.conference.mixer;

/** The mixer's reply to a command. The change itself is reported by an event. */
public sealed interface MixerReply {

  /** The mixer accepted the command. */
  record Done() implements MixerReply {}

  /**
   * The mixer refused the command.
   *
   * @param why the mixer's own message, which may contain file names and must therefore only be
   *     logged, never sent to a client
   */
  record Refused(String why) implements MixerReply {}

  /** The room does not exist, or it has no such member. */
  record NotThere() implements MixerReply {}

  /**
   * No reply arrived; the command may or may not have been executed.
   *
   * @param why the reason, for instance that the link is down
   */
  record Unknown(String why) implements MixerReply {}
}
