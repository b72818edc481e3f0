package dev.callflow.esl;

import java.util.Optional;

/**
 * The end of a call.
 *
 * @param cause the hangup cause; empty if FreeSWITCH did not report it
 * @param disposition the side that hung up, as in {@code sip_hangup_disposition}; empty if
 *     FreeSWITCH did not report it
 * @param lost whether the connection closed before FreeSWITCH reported the end of the call
 */
public record EslCallEnd(Optional<String> cause, Optional<String> disposition, boolean lost) {}
