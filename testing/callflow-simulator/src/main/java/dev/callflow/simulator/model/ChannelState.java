package dev.callflow.simulator.model;

import dev.callflow.core.call.HangupCause;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a channel.
 *
 * @param uuid the channel's UUID
 * @param name the channel's name, which contains the number that was dialled first
 * @param outbound whether the switch placed the call
 * @param sip the SIP endpoint of the channel; empty for one half of a loopback call
 * @param callerNumber the caller's number; may be empty
 * @param callerName the caller's name; may be empty
 * @param callee the called party, as the switch shows it
 * @param original the caller at the beginning of the call
 * @param destination the dialled number, or the target of the latest transfer
 * @param redirected the destination before the latest transfer; null if there was no transfer, or
 *     once the channel has reached the applications of an inline transfer
 * @param transfers the number of transfers so far
 * @param inline whether the latest transfer was to applications rather than to an extension
 * @param domain the called domain; may be empty
 * @param phase the channel's phase
 * @param created the time when the channel was created
 * @param progressAt the time of the first ringing signal; null if there was none
 * @param earlyAt the time when early media started; null if there were none
 * @param answeredAt the time of the answer; null if the channel was not answered
 * @param hungUpAt the time of the hangup; null if the channel has not hung up
 * @param cause the hangup cause; null if the channel has not hung up
 * @param variables the channel variables
 */
public record ChannelState(
    String uuid,
    String name,
    boolean outbound,
    Optional<SipEndpoint> sip,
    String callerNumber,
    String callerName,
    Party callee,
    Party original,
    String destination,
    @Nullable String redirected,
    int transfers,
    boolean inline,
    String domain,
    Phase phase,
    Instant created,
    @Nullable Instant progressAt,
    @Nullable Instant earlyAt,
    @Nullable Instant answeredAt,
    @Nullable Instant hungUpAt,
    @Nullable HangupCause cause,
    Map<String, String> variables) {

  /** Copies the variables, keeping their order. */
  public ChannelState {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /**
   * Returns this snapshot as it is after routing: the applications of an inline transfer are no
   * longer the channel's destination.
   *
   * @return the snapshot after routing
   */
  public ChannelState routed() {
    return inline && redirected != null
        ? new ChannelState(
            uuid,
            name,
            outbound,
            sip,
            callerNumber,
            callerName,
            callee,
            original,
            redirected,
            null,
            transfers,
            true,
            domain,
            phase,
            created,
            progressAt,
            earlyAt,
            answeredAt,
            hungUpAt,
            cause,
            variables)
        : this;
  }

  /**
   * Returns a copy of this snapshot with other variables.
   *
   * @param others the new variables
   * @return the copy
   */
  public ChannelState withVariables(Map<String, String> others) {
    return new ChannelState(
        uuid,
        name,
        outbound,
        sip,
        callerNumber,
        callerName,
        callee,
        original,
        destination,
        redirected,
        transfers,
        inline,
        domain,
        phase,
        created,
        progressAt,
        earlyAt,
        answeredAt,
        hungUpAt,
        cause,
        others);
  }

  /**
   * A party of a call.
   *
   * @param number the number; may be empty
   * @param name the name; may be empty
   */
  public record Party(String number, String name) {}

  /** The phase of a channel. */
  public enum Phase {
    /** Not answered. */
    RINGING,
    /** Not answered, but early media can be heard. */
    EARLY,
    /** Answered. */
    ANSWERED,
    /** Ended. */
    HUNG_UP
  }

  /**
   * Returns the value of a variable.
   *
   * @param name the variable's name
   * @return the value, or empty if the variable is not set
   */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }
}
