package dev.callflow.esl;

import java.util.Optional;

/**
 * The end of a call.
 *
 * @param cause the hangup cause; empty if FreeSWITCH did not report it
 * @param disposition the side that hung up, as in {@code sip_hangup_disposition}; empty if
 *     FreeSWITCH did not report it
 * @param lost whether the connection closed before FreeSWITCH reported the end of the call
 * @param transferred whether the channel has left the {@code socket} application without a hangup:
 *     it was transferred in FreeSWITCH, and is alive and controlled elsewhere
 */
public record EslCallEnd(
    Optional<String> cause, Optional<String> disposition, boolean lost, boolean transferred) {}
