package dev.callflow.cli.client;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ./callflow participants}: lists who is in a room. */
@Command(
    name = "participants",
    header = "Lists the participants of a room on a host.",
    description = "Lists the participants, and the callers who wait for a moderator.",
    mixinStandardHelpOptions = true)
public final class ParticipantsCommand extends ClientCommand {

  @Parameters(paramLabel = "ROOM", description = "The room's id, or its name or number.")
  private String room = "";

  /** Creates the command. */
  public ParticipantsCommand() {}

  @Override
  int run(HostApi host) throws InterruptedException {
    JsonNode all = host.get(host.rooms().require(room), "participants");
    print(all, all.isEmpty() ? List.of("nobody is in the room") : table(all));
    return 0;
  }

  private static List<String> table(JsonNode all) {
    Table table = new Table("ID", "NAME", "NUMBER", "ROLE", "STATE", "DURATION", "CALL");
    for (JsonNode each : all.values()) {
      table.row(
          each.path("participant_id").asString("-"),
          each.path("caller_id_name").asString("-"),
          each.path("caller_id_number").asString("-"),
          each.path("is_moderator").asBoolean(false) ? "moderator" : "member",
          state(each),
          Times.duration(each.path("duration")),
          each.path("call_id").asString("-"));
    }
    return table.lines();
  }

  private static String state(JsonNode each) {
    return Stream.of(
            each.path("state").asString("joined"),
            each.path("speak").asBoolean(true) ? "" : "muted",
            each.path("hear").asBoolean(true) ? "" : "deaf",
            each.path("talking").asBoolean(false) ? "talking" : "")
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
