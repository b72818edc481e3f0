package dev.callflow.testkit.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A room as it was at one moment, without its members.
 *
 * @param name its name
 * @param uuid its life: new each time a room of that name is created
 * @param profile the profile it was created with
 * @param created when it was created
 * @param locked whether it is locked
 * @param mostMembers how many may be in; empty for no limit
 * @param size how many are in who are not ghosts
 * @param ghosts how many ghosts are in
 * @param recordings the files that are being recorded
 * @param variables its variables
 */
public record RoomState(
    String name,
    String uuid,
    String profile,
    Instant created,
    boolean locked,
    OptionalInt mostMembers,
    int size,
    int ghosts,
    List<String> recordings,
    Map<String, String> variables) {

  /** Copies recordings and variables. */
  public RoomState {
    recordings = List.copyOf(recordings);
    variables = Map.copyOf(variables);
  }
}
