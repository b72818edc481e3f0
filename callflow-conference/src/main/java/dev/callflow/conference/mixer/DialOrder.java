package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A call that a room places.
 *
 * @param room the room
 * @param target the party to call
 * @param callerName the caller name to show; empty for the switch's default. It may contain any
 *     characters: the mixer removes those that have a special meaning to its switch
 * @param callerNumber the caller number to show; empty for the switch's default
 * @param calleeName the name of the called party, by which they are listed as a member; may contain
 *     any characters, as {@code callerName}
 * @param ringTimeout how long the call may ring
 * @param variables the leg's variables: names consist of letters, digits and {@code _}, and begin
 *     with {@code cav_} or {@code callflow_}; values are {@linkplain #isValue plain values}
 * @param near a leg on whose switch the call should be placed, if there is a choice
 */
public record DialOrder(
    RoomId room,
    DialTarget target,
    String callerName,
    String callerNumber,
    String calleeName,
    Duration ringTimeout,
    Map<String, String> variables,
    Optional<CallId> near) {

  private static final int MAX_VALUE = 1024;

  /** Copies the variables. */
  public DialOrder {
    variables = Map.copyOf(variables);
  }

  /**
   * Returns whether a string can be the value of a leg variable: one line of at most 1,024
   * characters, without characters that have a special meaning in dial strings ({@code '},
   * backslash, braces, {@code $} and {@code :_:}).
   *
   * @param text the string
   * @return true if the string can be a value
   */
  public static boolean isValue(String text) {
    return text.length() <= MAX_VALUE
        && text.chars().noneMatch(c -> c < ' ' || c == 0x7f || "'\\{}$".indexOf(c) >= 0)
        && !text.contains(":_:");
  }
}
