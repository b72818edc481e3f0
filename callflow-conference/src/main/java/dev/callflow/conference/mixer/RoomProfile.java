package dev.callflow.conference.mixer;

import dev.callflow.core.call.Media;
import java.util.Map;

/**
 * The configuration of a room, for mixers that request one. The parameters have FreeSWITCH's names.
 * They do not include what the application handles itself: PINs, keys, flags, tones, sounds for
 * single members, recording, and ending the room.
 *
 * @param name the name of the profile
 * @param parameters the parameters with plain values
 * @param sounds the parameters whose values are media
 */
public record RoomProfile(String name, Map<String, String> parameters, Map<String, Media> sounds) {

  /** Copies the maps. */
  public RoomProfile {
    parameters = Map.copyOf(parameters);
    sounds = Map.copyOf(sounds);
  }
}
