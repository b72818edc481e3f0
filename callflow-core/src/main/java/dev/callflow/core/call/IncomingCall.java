package dev.callflow.core.call;

import java.util.Map;
import java.util.Optional;

/**
 * The numbers and variables of a call when it arrives.
 *
 * @param number the dialled number
 * @param callerNumber the caller's number; empty if withheld
 * @param callerName the caller's name; may be empty
 * @param realm the called SIP domain, if known
 * @param variables the channel's variables; the map is not copied and must not change
 */
public record IncomingCall(
    String number,
    String callerNumber,
    String callerName,
    Optional<String> realm,
    Map<String, String> variables) {

  /**
   * Returns a channel variable.
   *
   * @param name the name; case-sensitive
   * @return the value; empty if the variable is unset or has an empty value
   */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
