package dev.callflow.esl;

import java.util.Optional;

/**
 * How a call ended.
 *
 * @param cause the hangup cause; empty if FreeSWITCH did not tell it
 * @param disposition who hung up, as FreeSWITCH puts it ({@code sip_hangup_disposition}), if told
 * @param lost whether the connection went away while the call was alive, as far as we know
 */
public record EslCallEnd(Optional<String> cause, Optional<String> disposition, boolean lost) {}
