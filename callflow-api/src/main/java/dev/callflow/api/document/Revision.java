package dev.callflow.api.document;

import dev.callflow.core.document.StoredDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats revisions for clients as a number and a hash, such as {@code
 * 3-9f86d081884c7d659a2feaa0c55ad015}, and parses them.
 */
public final class Revision {

  /** Matches a revision, or an entity tag that starts with one. */
  private static final Pattern FORMAT = Pattern.compile("(?:W/)?\"?(\\d{1,18})-[0-9a-f]{32}\\b.*");

  private static final long NO_SUCH_REVISION = -1;

  private Revision() {}

  static String text(StoredDocument stored) {
    try {
      byte[] hash =
          MessageDigest.getInstance("MD5")
              .digest(stored.document().body().toString().getBytes(StandardCharsets.UTF_8));
      return stored.revision() + "-" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("MD5 is missing from this Java runtime", e);
    }
  }

  /**
   * Parses the revision that a client expects.
   *
   * @param text a revision, or an entity tag that starts with one
   * @return the revision number; if the text is invalid, a number that no document has; empty for
   *     {@code *}
   */
  public static Optional<Long> read(String text) {
    if (text.equals("*")) {
      return Optional.empty();
    }
    Matcher matcher = FORMAT.matcher(text);
    return Optional.of(matcher.matches() ? Long.parseLong(matcher.group(1)) : NO_SUCH_REVISION);
  }
}
