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
 * Whom a conference calls, and how.
 *
 * @param endpoints whom; at least one
 * @param callerName the name shown to them; empty for the conference's
 * @param callerNumber the number shown to them; empty for the switch's
 * @param flags how they join
 * @param timeout how long they may ring
 * @param applicationVariables shown with everything that concerns these legs
 * @param callId the leg's id; only if there is but one leg
 * @param targetCallId a leg near which a conference begins that does not run yet
 * @param profileName the mixer's profile; empty for the conference's
 * @param settings of a conference that is not stored: what its document would say
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

  /** How long endpoints may ring unless the request says so. */
  public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(20);

  /** Copies the lists. */
  public DialRequest {
    endpoints = List.copyOf(endpoints);
    flags = Set.copyOf(flags);
    applicationVariables = Map.copyOf(applicationVariables);
  }

  /**
   * Makes a request with defaults.
   *
   * @param endpoints whom to call
   * @return the request
   */
  public static DialRequest to(List<Endpoint> endpoints) {
    return new DialRequest(
        endpoints,
        "",
        "",
        Set.of(),
        USUAL_TIMEOUT,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        "",
        Json.object());
  }
}
