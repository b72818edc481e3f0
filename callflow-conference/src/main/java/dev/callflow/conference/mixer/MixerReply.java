package dev.callflow.conference.mixer;

/** What a mixer answers to a command. The change itself is told by an event. */
public sealed interface MixerReply {

  /** The mixer has taken the command. */
  record Done() implements MixerReply {}

  /**
   * The mixer has refused it.
   *
   * @param why in its words, which may name its files: for the log, and for no client
   */
  record Refused(String why) implements MixerReply {}

  /** There is no such room, or no such member in it. */
  record NotThere() implements MixerReply {}

  /**
   * No answer came; the command may or may not have been carried out.
   *
   * @param why for instance that the link is down
   */
  record Unknown(String why) implements MixerReply {}
}
