package dev.callflow.cli.client;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ./callflow record}: starts or stops the recording of a room. */
@Command(
    name = "record",
    header = "Starts or stops the recording of a room on a host.",
    mixinStandardHelpOptions = true)
public final class RecordCommand extends ClientCommand {

  /** What to do. */
  private enum Change {
    START,
    STOP
  }

  @Parameters(
      index = "0",
      paramLabel = "ROOM",
      description = "The room's id, or its name or number.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "start|stop", description = "What to do.")
  private Change change = Change.START;

  /** Creates the command. */
  public RecordCommand() {}

  @Override
  int run(HostApi host) throws InterruptedException {
    String id = host.rooms().require(room);
    String word = change.name().toLowerCase(Locale.ROOT);
    JsonNode data = host.act("record", noData().put("action", word), id);
    print(data, List.of(data.asString("") + " " + id));
    return 0;
  }
}
