package dev.callflow.conference.event;

import java.util.Map;
import java.util.Optional;

/**
 * The variables of a call that events show.
 *
 * @param channel the leg's variables {@code callflow_<name>}, by name, without the account id
 * @param application the leg's variables {@code cav_<name>}, by name
 * @param presenceId the presence id of the caller's phone; empty if unknown
 */
public record CallVariables(
    Map<String, String> channel, Map<String, String> application, Optional<String> presenceId) {

  /** No variables. */
  public static final CallVariables NONE = new CallVariables(Map.of(), Map.of(), Optional.empty());

  /** Copies the maps. */
  public CallVariables {
    channel = Map.copyOf(channel);
    application = Map.copyOf(application);
  }

  /** Omits the values because they come from outside. */
  @Override
  public String toString() {
    return "CallVariables[channel="
        + channel.keySet()
        + ", application="
        + application.keySet()
        + "]";
  }
}
