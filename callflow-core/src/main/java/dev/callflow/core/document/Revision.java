package dev.callflow.core.document;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A revision of a document, such as {@code 3-9f86d081884c7d659a2feaa0c55ad015}: a number that
 * increases with every change, and a hash of the content. Two revisions of a document are equal
 * only if both are equal, so a change that names a revision never replaces content that its author
 * has not seen, even if the store has begun to count again.
 *
 * <p>The hash depends neither on the order of keys nor on the keys {@code id}, {@code _id} and
 * {@code _rev} of the document.
 *
 * @param number the number, at least 1 for a stored document
 * @param hash the hash, 32 hexadecimal digits in lower case
 */
public record Revision(long number, String hash) {

  private static final Pattern FORMAT = Pattern.compile("(\\d{1,18})-([0-9a-f]{32})");

  private static final int HASH_BYTES = 16;

  /** The keys that identify a document and do not belong to its content. */
  private static final List<String> IDENTITY = List.of("id", "_id", "_rev");

  /**
   * Creates the revision of a document.
   *
   * @param number the number
   * @param body the document
   * @return the revision
   */
  public static Revision of(long number, ObjectNode body) {
    return new Revision(number, hash(body));
  }

  /**
   * Parses a revision.
   *
   * @param text the revision, in the form that {@link #toString} returns
   * @return the revision; empty if the string has another form
   */
  public static Optional<Revision> parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    return matcher.matches()
        ? Optional.of(new Revision(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  /** Returns the number and the hash, separated by a hyphen. */
  @Override
  public String toString() {
    return number + "-" + hash;
  }

  private static String hash(ObjectNode body) {
    StringBuilder content = new StringBuilder();
    Set<String> keys = new TreeSet<>(body.propertyNames());
    IDENTITY.forEach(keys::remove);
    write(body, keys, content);
    byte[] units = new byte[2 * content.length()];
    ByteBuffer.wrap(units).asCharBuffer().put(content.toString());
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(units);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  /** Writes some keys of an object, in a form that is the same for equal JSON only. */
  private static void write(ObjectNode object, Set<String> keys, StringBuilder to) {
    to.append('{');
    for (String key : keys) {
      write(key, to);
      write(object.path(key), to);
    }
    to.append('}');
  }

  private static void write(JsonNode value, StringBuilder to) {
    if (value instanceof ObjectNode object) {
      write(object, new TreeSet<>(object.propertyNames()), to);
    } else if (value.isArray()) {
      to.append('[');
      value.values().forEach(element -> write(element, to));
      to.append(']');
    } else if (value.isString()) {
      write(value.asString(), to);
    } else if (value.isNumber() && !value.isIntegralNumber()) {
      // The same number may be a double before it is stored, and a decimal fraction afterwards.
      to.append(Double.parseDouble(value.asString())).append(',');
    } else {
      to.append(value).append(',');
    }
  }

  private static void write(String text, StringBuilder to) {
    to.append(text.length()).append('"').append(text);
  }
}
