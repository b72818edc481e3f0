package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A call that a room places.
 *
 * @param room the room
 * @param target whom
 * @param callerName the name shown to whom is called, as a person wrote it; empty for the switch's.
 *     A mixer cleans it of signs that mean something to its switch
 * @param callerNumber the number shown; empty for the switch's
 * @param patience how long it may ring
 * @param variables the leg's variables: names of letters, digits and {@code _} that begin with
 *     {@code cav_} or {@code callflow_}, and {@linkplain #isValue plain values}
 * @param near a leg on whose switch the call is placed if there is a choice
 */
public record DialOrder(
    RoomId room,
    DialTarget target,
    String callerName,
    String callerNumber,
    Duration patience,
    Map<String, String> variables,
    Optional<CallId> near) {

  private static final int MAX_VALUE = 1024;

  /** Copies the variables. */
  public DialOrder {
    variables = Map.copyOf(variables);
  }

  /**
   * Tells whether a text can be the value of a leg's variable: one line of at most 1,024
   * characters, without signs that a switch's dial strings give a meaning ({@code '}, a backslash,
   * braces, {@code $} and {@code :_:}).
   *
   * @param text the text
   * @return whether it can
   */
  public static boolean isValue(String text) {
    return text.length() <= MAX_VALUE
        && text.chars().noneMatch(c -> c < ' ' || c == 0x7f || "'\\{}$".indexOf(c) >= 0)
        && !text.contains(":_:");
  }
}
