package dev.callflow.core.file;

/**
 * How much accounts may upload.
 *
 * @param maxBytes the maximum size of a file in bytes
 * @param maxBytesOfAccount the maximum size of all uploaded files of an account together, in bytes
 */
public record FileLimits(long maxBytes, long maxBytesOfAccount) {

  /** 64 MiB for a file, which are two hours of speech in a WAV file, and 1 GiB for an account. */
  public static final FileLimits STANDARD = new FileLimits(64L << 20, 1L << 30);

  /** Validates the limits, which must be at least 1. */
  public FileLimits {
    if (maxBytes < 1 || maxBytesOfAccount < 1) {
      throw new IllegalArgumentException(
          "a limit must be at least 1 byte, but is " + Math.min(maxBytes, maxBytesOfAccount));
    }
  }
}
