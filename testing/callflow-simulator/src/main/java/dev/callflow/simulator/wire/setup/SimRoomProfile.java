package dev.callflow.simulator.wire.setup;

import java.util.Map;

/**
 * A conference profile with the parameters of FreeSWITCH's {@code conference.conf}.
 *
 * @param parameters the values of the parameters by name, such as {@code enter-sound}; parameters
 *     that have no effect without audio are ignored
 */
public record SimRoomProfile(Map<String, String> parameters) {

  /** A profile without parameters. As in FreeSWITCH, it takes the place of an unknown profile. */
  public static final SimRoomProfile PLAIN = new SimRoomProfile(Map.of());

  /** Copies the parameters. */
  public SimRoomProfile {
    parameters = Map.copyOf(parameters);
  }

  /** Shows only the names of the parameters, because a value may be a PIN. */
  @Override
  public String toString() {
    return "SimRoomProfile" + parameters.keySet();
  }
}
