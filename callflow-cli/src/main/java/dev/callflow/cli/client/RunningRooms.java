package dev.callflow.cli.client;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rooms that a host lists as running.
 *
 * @param rows the rooms
 * @param eventsFrom the version after which the events of rooms that begin later follow
 */
record RunningRooms(List<ObjectNode> rows, long eventsFrom) {

  /** Copies the rows. */
  RunningRooms {
    rows = List.copyOf(rows);
  }

  static String id(ObjectNode row) {
    return row.path("id").asString("");
  }

  /** Finds the id of a room by its id, or else by its name or one of its numbers. */
  Optional<String> find(String room) {
    if (rows.stream().anyMatch(row -> id(row).equals(room))) {
      return Optional.of(room);
    }
    List<String> found =
        rows.stream()
            .filter(row ->
                row.path("name").asString("").equalsIgnoreCase(room)
                    || row.path("conference_numbers")
                        .valueStream()
                        .anyMatch(number -> number.asString("").equals(room)))
            .map(RunningRooms::id)
            .toList();
    if (found.size() > 1) {
      throw new HostException(
          HostException.Kind.REFUSED,
          "several rooms are called '"
              + room
              + "'; give the id of one: "
              + found.stream().collect(Collectors.joining(", ")));
    }
    return found.stream().findFirst();
  }

  /** Finds the id of a room, like {@link #find}. */
  String require(String room) {
    return find(room)
        .orElseThrow(() ->
            new HostException(
                HostException.Kind.REFUSED,
                "no room '" + room + "' is running; ./callflow rooms lists those that are"));
  }
}
