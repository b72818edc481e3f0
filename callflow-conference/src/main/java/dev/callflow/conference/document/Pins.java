package dev.callflow.conference.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The PINs of one role. They can only be compared, never read or printed.
 *
 * <p>If the list has any entries, a PIN is required, even if no entry can ever match: a mistake in
 * the PINs must not leave a room open.
 */
public final class Pins {

  /** Used if a role's PINs cannot be read: callers are asked for a PIN, but no PIN is correct. */
  static final Pins NEVER_RIGHT = new Pins(List.of(), true);

  private final List<byte[]> values;
  private final boolean set;
  private final int maxLength;

  private Pins(List<byte[]> values, boolean set) {
    this.values = values;
    this.set = set;
    this.maxLength = values.stream().mapToInt(value -> value.length).max().orElse(0);
  }

  /**
   * Reads a list of PINs.
   *
   * @param list the list; null or empty if there are no PINs
   * @return the PINs; entries that are not strings never match
   */
  public static Pins of(@Nullable JsonNode list) {
    if (list == null || list.isNull() || list.isArray() && list.isEmpty()) {
      return new Pins(List.of(), false);
    }
    List<byte[]> values = new ArrayList<>();
    for (JsonNode pin : list.isArray() ? list.values() : List.<JsonNode>of()) {
      if (pin.isString() && !pin.asString().isEmpty()) {
        values.add(pin.asString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return new Pins(values, true);
  }

  /**
   * Returns whether callers are asked for a PIN.
   *
   * @return true if the list of PINs is not empty, even if no PIN can match
   */
  public boolean areSet() {
    return set;
  }

  /**
   * Returns the length of the longest PIN.
   *
   * @return the number of characters; 0 if there are no PINs
   */
  public int maxLength() {
    return maxLength;
  }

  /**
   * Compares an entry with every PIN. The time that this takes does not reveal how much of the
   * entry is right.
   *
   * @param entry the digits entered
   * @return whether the entry is one of the PINs
   */
  public boolean contain(String entry) {
    byte[] entered = entry.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (byte[] value : values) {
      found |= MessageDigest.isEqual(value, entered);
    }
    return found;
  }

  @Override
  public String toString() {
    return set ? "Pins[set]" : "Pins[none]";
  }
}
