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
 * Revisions as clients see them: the number and a hash, {@code 3-9f86d081884c7d659a2feaa0c55ad015}.
 */
public final class Revision {

  /** Of an entity tag only the beginning is the revision. */
  private static final Pattern SHOWN = Pattern.compile("(?:W/)?\"?(\\d{1,18})-[0-9a-f]{32}\\b.*");

  private static final long NONE = -1;

  private Revision() {}

  static String shown(StoredDocument stored) {
    try {
      byte[] hash =
          MessageDigest.getInstance("MD5")
              .digest(stored.document().body().toString().getBytes(StandardCharsets.UTF_8));
      return stored.revision() + "-" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /**
   * Reads which revision a client has seen.
   *
   * @param shown a revision, or an entity tag that begins with one
   * @return its number, and one that no document has if it is none; empty for {@code *}
   */
  public static Optional<Long> read(String shown) {
    if (shown.equals("*")) {
      return Optional.empty();
    }
    Matcher matcher = SHOWN.matcher(shown);
    return Optional.of(matcher.matches() ? Long.parseLong(matcher.group(1)) : NONE);
  }
}
