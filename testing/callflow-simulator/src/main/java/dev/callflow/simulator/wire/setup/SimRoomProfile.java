package dev.callflow.simulator.wire.setup;

import java.util.Map;

/**
 * A conference profile: parameters as in FreeSWITCH's {@code conference.conf}.
 *
 * @param parameters values by name, such as {@code enter-sound}; those that make no difference
 *     without media are passed over
 */
public record SimRoomProfile(Map<String, String> parameters) {

  /** A profile that says nothing, as FreeSWITCH takes for an unknown one. */
  public static final SimRoomProfile PLAIN = new SimRoomProfile(Map.of());

  /** Copies the parameters. */
  public SimRoomProfile {
    parameters = Map.copyOf(parameters);
  }

  /** Names the parameters only: one may be a PIN. */
  @Override
  public String toString() {
    return "SimRoomProfile" + parameters.keySet();
  }
}
