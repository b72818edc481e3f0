package dev.callflow.conference.control;

import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.util.Map;
import java.util.Optional;

/**
 * A leg that has a seat and is being dialled.
 *
 * @param id the id of the leg
 * @param job the id that the attempt has in results and events
 * @param room the room
 * @param request the request
 * @param document the conference's document
 * @param endpoint the endpoint, as it is named in results
 * @param calleeName the name of the party to call
 * @param target the party to call
 * @param variables the initial channel variables of the leg
 * @param lease counts the leg against its account's limit; must be closed when the leg has ended
 * @param result receives the result of the leg; only the first one counts
 */
record DialledLeg(
    CallId id,
    String job,
    RoomId room,
    DialRequest request,
    ConferenceDocument document,
    String endpoint,
    String calleeName,
    DialTarget target,
    Map<String, String> variables,
    Lease lease,
    Inbox<DialledEndpoint> result) {

  DialOrder order() {
    return new DialOrder(
        room,
        target,
        request.callerName().isEmpty() ? conferenceName() : request.callerName(),
        request.callerNumber(),
        calleeName,
        request.timeout(),
        variables,
        request.targetCallId().map(CallId::new));
  }

  /**
   * Returns the name from the document; empty if it has none, because ids should not be shown to
   * people.
   */
  private String conferenceName() {
    return Json.text(document.body(), "name").orElse("");
  }

  DialledEndpoint result(boolean joined, String message) {
    return new DialledEndpoint(endpoint, id.value(), job, joined, message);
  }

  Call call(Leg answered, TimeSource time) {
    return new Call(
        answered,
        room.account(),
        new IncomingCall(endpoint, endpoint, calleeName, Optional.empty(), variables),
        time);
  }
}
