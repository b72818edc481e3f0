package dev.callflow.core.file;

/** The result of storing a file. Unless it is {@link Kept}, nothing has changed. */
public sealed interface KeptFile {

  /**
   * The file is stored. It has replaced an earlier one of the same format.
   *
   * @param format the format, recognised by the content
   * @param bytes the size in bytes
   */
  record Kept(SoundFormat format, long bytes) implements KeptFile {}

  /** The file is not stored. */
  sealed interface Refusal extends KeptFile {}

  /** The content is neither a WAV nor an MP3 file. */
  record OtherFormat() implements Refusal {}

  /**
   * The file is larger than a file may be.
   *
   * @param maximum the maximum size in bytes
   */
  record TooLarge(long maximum) implements Refusal {}

  /**
   * The account may not have more files of this size.
   *
   * @param maximum the maximum size of all files of an account together, in bytes
   */
  record NoRoom(long maximum) implements Refusal {}

  /** The disk is full. */
  record DiskFull() implements Refusal {}

  /**
   * The place of the file cannot be reached.
   *
   * @param why the reason as a clause, without a path
   */
  record Unreachable(String why) implements Refusal {}
}
