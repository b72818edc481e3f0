package dev.callflow.conference.mixer;

import dev.callflow.core.call.Media;
import java.util.Map;

/**
 * What a mixer is to be told about a room, where it asks: its parameters by FreeSWITCH's names.
 * What the application does itself is not among them: PINs, keys, flags, tones, the sounds to
 * single members, recordings and the end.
 *
 * @param name the profile's name
 * @param parameters plain values
 * @param sounds values that are something to be heard
 */
public record RoomProfile(String name, Map<String, String> parameters, Map<String, Media> sounds) {

  /** Copies the maps. */
  public RoomProfile {
    parameters = Map.copyOf(parameters);
    sounds = Map.copyOf(sounds);
  }
}
