package dev.callflow.conference.action;

import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The endpoints that a conference dials, and the settings of the calls.
 *
 * @param endpoints the endpoints; at least one
 * @param callerName the caller name shown to the parties called; empty for the conference's name
 * @param callerNumber the caller number shown to the parties called; empty for the switch's default
 * @param flags the flags with which the legs join
 * @param timeout how long the legs may ring
 * @param applicationVariables variables that are included in everything published about these legs
 * @param callId the id of the leg; allowed only if a single leg is dialled
 * @param targetCallId the id of an existing leg; a conference that is not running yet starts on the
 *     switch of this leg
 * @param profileName the name of the mixer profile; empty for the conference's profile
 * @param settings the properties of the conference if it is not stored, as in a conference document
 */
public record DialRequest(
    List<Endpoint> endpoints,
    String callerName,
    String callerNumber,
    Set<MemberFlag> flags,
    Duration timeout,
    Map<String, String> applicationVariables,
    Optional<String> callId,
    Optional<String> targetCallId,
    String profileName,
    ObjectNode settings) {

  /** How long legs may ring by default. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  /** Copies the collections. */
  public DialRequest {
    endpoints = List.copyOf(endpoints);
    flags = Set.copyOf(flags);
    applicationVariables = Map.copyOf(applicationVariables);
  }

  /**
   * Returns a request with defaults.
   *
   * @param endpoints the endpoints
   * @return the request
   */
  public static DialRequest to(List<Endpoint> endpoints) {
    return new DialRequest(
        endpoints,
        "",
        "",
        Set.of(),
        DEFAULT_TIMEOUT,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        "",
        Json.object());
  }
}
