package dev.callflow.core.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats of sound files that accounts may upload, recognised by their content. */
public enum SoundFormat {
  /** RIFF WAVE. */
  WAV("wav", "audio/wav"),
  /** MPEG audio layer III, with or without ID3 tags in front. */
  MP3("mp3", "audio/mpeg");

  /** How many bytes of the beginning of a file {@link #ofContent} needs. */
  public static final int HEAD = 12;

  private final String extension;
  private final String contentType;

  SoundFormat(String extension, String contentType) {
    this.extension = extension;
    this.contentType = contentType;
  }

  /**
   * Returns the extension, by which FreeSWITCH chooses the reader for a file.
   *
   * @return the extension without a dot
   */
  public String extension() {
    return extension;
  }

  /**
   * Returns the media type.
   *
   * @return the value of {@code Content-Type}
   */
  public String contentType() {
    return contentType;
  }

  /**
   * Finds a format by its extension.
   *
   * @param extension the extension without a dot, in lower case
   * @return the format; empty if there is none
   */
  public static Optional<SoundFormat> ofExtension(String extension) {
    return Stream.of(values()).filter(it -> it.extension.equals(extension)).findFirst();
  }

  /**
   * Recognises a format by the beginning of a file.
   *
   * @param head the first {@value #HEAD} bytes, or all if there are fewer
   * @return the format; empty if the file has another one
   */
  public static Optional<SoundFormat> ofContent(byte[] head) {
    if (has(head, 0, "RIFF") && has(head, 8, "WAVE")) {
      return Optional.of(WAV);
    }
    return has(head, 0, "ID3") || isFrame(head) ? Optional.of(MP3) : Optional.empty();
  }

  private static boolean has(byte[] head, int from, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    int to = from + expected.length;
    return head.length >= to && Arrays.equals(head, from, to, expected, 0, expected.length);
  }

  /** Returns whether a file begins with the header of a frame of layer III (ISO 11172-3, 2.4.1). */
  private static boolean isFrame(byte[] head) {
    if (head.length < 4) {
      return false;
    }
    int header = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
    boolean isSynchronised = (header & 0xffe000) == 0xffe000;
    boolean hasVersion = (header & 0x1800) != 0x0800;
    boolean isLayerThree = (header & 0x0600) == 0x0200;
    int bitRate = header >> 4 & 0xf;
    int sampleRate = header >> 2 & 0x3;
    return isSynchronised
        && hasVersion
        && isLayerThree
        && bitRate != 0
        && bitRate != 0xf
        && sampleRate != 3;
  }
}
