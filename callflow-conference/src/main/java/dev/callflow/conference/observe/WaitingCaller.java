package dev.callflow.conference.observe;

import dev.callflow.core.call.CallId;
import java.time.Instant;

/**
 * A caller who waits for a moderator. They are not in the room yet and have no seat.
 *
 * @param call the id of the caller's leg
 * @param callerName the caller name; may be empty
 * @param callerNumber the caller number; may be empty
 * @param since when they began to wait
 */
public record WaitingCaller(CallId call, String callerName, String callerNumber, Instant since) {}
