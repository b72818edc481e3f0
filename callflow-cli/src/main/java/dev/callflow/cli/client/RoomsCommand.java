package dev.callflow.cli.client;

import dev.callflow.core.document.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./callflow rooms}: lists the running rooms. */
@Command(
    name = "rooms",
    header = "Lists the rooms that are running on a host.",
    description = "Lists the rooms that are running, also those that no document describes.",
    mixinStandardHelpOptions = true)
public final class RoomsCommand extends ClientCommand {

  /** Creates the command. */
  public RoomsCommand() {}

  @Override
  int run(HostApi host) throws InterruptedException {
    List<ObjectNode> rows = host.rooms().rows();
    ArrayNode data = Json.object().arrayNode();
    rows.forEach(data::add);
    print(data, rows.isEmpty() ? List.of("no room is running") : table(rows));
    return 0;
  }

  private static List<String> table(List<ObjectNode> rows) {
    Table table =
        new Table("ID", "NAME", "PARTICIPANTS", "MODERATORS", "WAITING", "SINCE", "STATE");
    for (ObjectNode row : rows) {
      JsonNode now = row.path("_read_only");
      int moderators = now.path("moderators").asInt(0);
      table.row(
          RunningRooms.id(row),
          row.path("name").asString("-"),
          String.valueOf(now.path("members").asInt(0) + moderators),
          String.valueOf(moderators),
          String.valueOf(now.path("waiting").asInt(0)),
          Times.local(now.path("start_time")),
          state(now));
    }
    return table.lines();
  }

  private static String state(JsonNode now) {
    return Stream.of(
            now.path("state").asString("nobody is in"),
            now.path("is_locked").asBoolean(false) ? "locked" : "",
            now.path("is_recording").asBoolean(false) ? "recording" : "")
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
