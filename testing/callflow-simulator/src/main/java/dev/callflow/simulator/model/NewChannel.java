package dev.callflow.simulator.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call that arrives at the switch, or that the switch places.
 *
 * @param uuid its id, not in use
 * @param callerNumber the caller's number; may be empty
 * @param callerName the caller's name; may be empty
 * @param destination the number that is dialled
 * @param domain the domain that is called; may be empty
 * @param variables its first variables
 */
public record NewChannel(
    String uuid,
    String callerNumber,
    String callerName,
    String destination,
    String domain,
    Map<String, String> variables) {

  /** Copies the variables, in their order. */
  public NewChannel {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }
}
