package dev.callflow.simulator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A snapshot of a room, without its members.
 *
 * @param name the room's name
 * @param uuid the room's UUID, which is new each time a room of that name is created
 * @param profile the profile with which the room was created
 * @param created the time when the room was created
 * @param locked whether the room is locked
 * @param waits whether the members wait for a moderator
 * @param grace the time that the room stays open after its last mandatory member has left
 * @param maxMembers the maximum number of members; empty for no limit
 * @param size the number of members, ghosts excluded
 * @param ghosts the number of ghosts
 * @param recordings the files of the running recordings
 * @param paused the files of the paused recordings, a subset of {@code recordings}
 * @param variables the room's variables
 * @param settings the enter and exit sounds
 * @param playing the file that is playing to the whole room; empty for none
 */
public record SimRoomState(
    String name,
    String uuid,
    String profile,
    Instant created,
    boolean locked,
    boolean waits,
    Duration grace,
    OptionalInt maxMembers,
    int size,
    int ghosts,
    List<String> recordings,
    Set<String> paused,
    Map<String, String> variables,
    RoomSettings settings,
    Optional<String> playing) {

  /** Copies the recordings and the variables. */
  public SimRoomState {
    recordings = List.copyOf(recordings);
    paused = Set.copyOf(paused);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }
}
