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
 * A room as it was at one moment, without its members.
 *
 * @param name its name
 * @param uuid its life: new each time a room of that name is created
 * @param profile the profile it was created with
 * @param created when it was created
 * @param locked whether it is locked
 * @param waits whether its members wait for a moderator
 * @param grace how long it goes on without any of those members without whom it ends
 * @param maxMembers how many may be in; empty for no limit
 * @param size how many are in who are not ghosts
 * @param ghosts how many ghosts are in
 * @param recordings the files that are being recorded
 * @param paused those of them that are paused
 * @param variables its variables
 * @param settings what is heard of who comes and goes
 * @param playing what the whole room hears now; empty for nothing
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

  /** Copies recordings and variables. */
  public SimRoomState {
    recordings = List.copyOf(recordings);
    paused = Set.copyOf(paused);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }
}
