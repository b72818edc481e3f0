package dev.callflow.conference;

import dev.callflow.conference.room.Note;
import dev.callflow.core.call.CallId;

/**
 * A caller was refused.
 *
 * @param conference the conference that he wanted; empty if that is not known
 */
record Denied(
    CallId call,
    String callerNumber,
    String callerName,
    String conference,
    ConferenceOutcome reason)
    implements Note {}
