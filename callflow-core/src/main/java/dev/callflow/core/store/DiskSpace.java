package dev.callflow.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Recognises failures that are due to a full disk. */
public final class DiskSpace {

  /** What operating systems report if the disk is full, or the quota of the user. */
  private static final Pattern FULL =
      Pattern.compile(
          "No space left on device|Disk quota exceeded|There is not enough space on the disk");

  /** With less room than this, a failed write is due to the lack of room. */
  private static final long NEARLY_FULL = 64 << 10;

  private DiskSpace() {}

  /**
   * Returns whether a failure or one of its causes reports a full disk in English.
   *
   * @param failure the failure
   * @return whether the disk was full
   */
  public static boolean isFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && FULL.matcher(String.valueOf(cause.getMessage())).find()) {
        return true;
      }
    }
    return false;
  }

  /** The operating system may report a full disk in another language; the room does not. */
  static boolean isFull(IOException failure, Path folder) {
    try {
      return isFull((Throwable) failure)
          || Files.getFileStore(folder).getUsableSpace() < NEARLY_FULL;
    } catch (IOException e) {
      return false;
    }
  }
}
