package dev.callflow.core;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a call after its end, for call records and statistics. It contains caller
 * numbers and names, which the law may protect.
 *
 * <p>If a host is stopped during the call and another one continues it, each of them makes a record
 * with the same id. The first one is ended by the switch, with the cause {@code
 * DESTINATION_OUT_OF_ORDER}; the others are marked as {@link #continued}.
 *
 * @param id the call's id, in FreeSWITCH the uuid of its channel
 * @param account the account that the call belongs to; empty if the call was refused because it
 *     belongs to none
 * @param callerNumber the caller's number; empty if withheld
 * @param callerName the caller's name; may be empty
 * @param number the dialled number
 * @param callflow the id of the callflow that the number belongs to; empty if the call was refused
 *     before it was found
 * @param start when this process took the call
 * @param answered when this process answered the call; empty if it did not
 * @param end when the call ended, for this process
 * @param endedBy the party that ended the call
 * @param cause why the call ended
 * @param continued whether an earlier process, or an earlier connection, had the call before
 */
public record CallRecord(
    CallId id,
    Optional<AccountId> account,
    String callerNumber,
    String callerName,
    String number,
    Optional<String> callflow,
    Instant start,
    Optional<Instant> answered,
    Instant end,
    EndedBy endedBy,
    HangupCause cause,
    boolean continued) {

  /**
   * Returns how long this process had the call.
   *
   * @return the time from the start to the end
   */
  public Duration duration() {
    return Duration.between(start, end);
  }
}
