package dev.callflow.simulator.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a new channel, incoming or outgoing.
 *
 * @param uuid the channel's UUID, which must not be in use
 * @param callerNumber the caller's number; may be empty
 * @param callerName the caller's name; may be empty
 * @param destination the dialled number
 * @param domain the called domain; may be empty
 * @param variables the initial channel variables
 * @param sip the SIP endpoint; empty for one half of a loopback call
 */
public record NewChannel(
    String uuid,
    String callerNumber,
    String callerName,
    String destination,
    String domain,
    Map<String, String> variables,
    Optional<SipEndpoint> sip) {

  /** Copies the variables, keeping their order. */
  public NewChannel {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /**
   * Creates the data of a channel that is one half of a loopback call.
   *
   * @param uuid the channel's UUID, which must not be in use
   * @param callerNumber the caller's number; may be empty
   * @param callerName the caller's name; may be empty
   * @param destination the dialled number
   * @param domain the called domain; may be empty
   * @param variables the initial channel variables
   */
  public NewChannel(
      String uuid,
      String callerNumber,
      String callerName,
      String destination,
      String domain,
      Map<String, String> variables) {
    this(uuid, callerNumber, callerName, destination, domain, variables, Optional.empty());
  }
}
