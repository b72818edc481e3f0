package dev.callflow.simulator.model;

import dev.callflow.core.call.HangupCause;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it was at one moment.
 *
 * @param uuid its id
 * @param name its name; keeps the number that was dialled first
 * @param outbound whether the switch has dialled it
 * @param callerNumber the caller's number; may be empty
 * @param callerName the caller's name; may be empty
 * @param callee who is called, as the switch shows it
 * @param original the caller as at the beginning
 * @param destination the number that was dialled, or to which the channel was sent since
 * @param redirected the number before the channel was sent elsewhere; null if it never was, or was
 *     sent to applications and has come to them
 * @param transfers how often the channel was sent elsewhere
 * @param inline whether it was sent to applications last, not to an extension
 * @param domain the domain that was called; may be empty
 * @param phase how far it is
 * @param created when it was created
 * @param progressAt when it was said to ring; null if it was not
 * @param answeredAt when it was answered; null if it was not
 * @param hungUpAt when it ended; null if it has not
 * @param cause why it ended; null if it has not
 * @param variables its variables
 */
public record ChannelState(
    String uuid,
    String name,
    boolean outbound,
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
    @Nullable Instant answeredAt,
    @Nullable Instant hungUpAt,
    @Nullable HangupCause cause,
    Map<String, String> variables) {

  /** Copies the variables, in their order. */
  public ChannelState {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /**
   * Returns the channel as it is when its dialplan has been read: applications to which it was sent
   * are forgotten as a destination.
   *
   * @return the channel
   */
  public ChannelState routed() {
    return inline && redirected != null
        ? new ChannelState(
            uuid,
            name,
            outbound,
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
            answeredAt,
            hungUpAt,
            cause,
            variables)
        : this;
  }

  /**
   * Returns the channel with other variables.
   *
   * @param others its variables
   * @return the channel
   */
  public ChannelState withVariables(Map<String, String> others) {
    return new ChannelState(
        uuid,
        name,
        outbound,
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

  /** How far a channel is. */
  public enum Phase {
    /** Not answered yet. */
    RINGING,
    /** Not answered, but media flow. */
    EARLY,
    /** Answered. */
    ANSWERED,
    /** Over. */
    HUNG_UP
  }

  /**
   * Returns a variable.
   *
   * @param name its name
   * @return its value, or empty if it is not set
   */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }
}
