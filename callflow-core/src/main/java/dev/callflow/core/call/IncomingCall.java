package dev.callflow.core.call;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of a call when it arrives.
 *
 * @param number the number that was dialled
 * @param callerNumber the caller's number; empty if withheld
 * @param callerName the caller's name; may be empty
 * @param realm the SIP domain that was called, if known
 * @param variables the channel's variables
 */
public record IncomingCall(
    String number,
    String callerNumber,
    String callerName,
    Optional<String> realm,
    Map<String, String> variables) {

  /** Copies the variables. */
  public IncomingCall {
    variables = Map.copyOf(variables);
  }

  /**
   * Returns a channel variable.
   *
   * @param name its name, exactly
   * @return the value, or empty if it is not set or empty
   */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
