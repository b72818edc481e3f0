package dev.callflow.conference.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The PINs of one role. They cannot be read from outside, and are never shown.
 *
 * <p>A list that contains something is set, even if nothing in it can ever be entered: a room whose
 * PINs were written wrongly must not stand open.
 */
public final class Pins {

  /** PINs that could not be read: one is asked for, and none is right. */
  static final Pins NEVER_RIGHT = new Pins(List.of(), true);

  private final List<byte[]> values;
  private final boolean set;
  private final int longest;

  private Pins(List<byte[]> values, boolean set) {
    this.values = values;
    this.set = set;
    this.longest = values.stream().mapToInt(value -> value.length).max().orElse(0);
  }

  /**
   * Reads a list of PINs.
   *
   * @param list the list; absent or empty means that there are none
   * @return the PINs; entries that are no texts never match
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
   * Tells whether a PIN is asked for.
   *
   * @return true if the list contains anything
   */
  public boolean areSet() {
    return set;
  }

  /**
   * Returns how many keys the longest PIN has.
   *
   * @return the number of keys; 0 without PINs
   */
  public int longest() {
    return longest;
  }

  /**
   * Compares an entry with every PIN, in a time that does not tell how much of it was right.
   *
   * @param entry what was entered
   * @return whether it is one of the PINs
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
