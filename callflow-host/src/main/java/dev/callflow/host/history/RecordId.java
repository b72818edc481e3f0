package dev.callflow.host.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes ids and subjects of records from ids of the switch, which can have any length. */
final class RecordId {

  private static final int MAX_ID = 128;
  private static final int MAX_TEXT = 256;

  /** The end of a recording's name, which cannot be guessed and is different for each recording. */
  private static final Pattern RANDOM_NAME = Pattern.compile("_([0-9a-f]{32})\\.[A-Za-z0-9]+$");

  private RecordId() {}

  /** Returns an id of several parts. */
  static String of(String... parts) {
    String id = String.join("-", parts);
    return id.length() <= MAX_ID ? id : hash(id);
  }

  /** Returns the id of the recording in a file. */
  static String ofRecording(String path) {
    Matcher name = RANDOM_NAME.matcher(path);
    return name.find() ? name.group(1) : hash(path).substring(0, 32);
  }

  /** Shortens a text that a stranger may have chosen, such as a caller's name. */
  static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
