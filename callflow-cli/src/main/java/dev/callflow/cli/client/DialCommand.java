package dev.callflow.cli.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./callflow dial}: calls people into a room. */
@Command(
    name = "dial",
    header = "Calls people into a room on a host.",
    description =
        "Calls people into a room, and waits until they have answered or have stopped ringing. A"
            + " room that is not running begins.",
    mixinStandardHelpOptions = true)
public final class DialCommand extends ClientCommand {

  /** How much later than the end of ringing the host may answer (docs/spec/api.md#dial). */
  private static final int AFTER_RINGING = 25;

  private static final int MAX_RINGING = 600;

  @Parameters(
      index = "0",
      paramLabel = "ROOM",
      description = "The room's id, or its name or number.")
  private String room = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NUMBER",
      description = "Numbers, SIP addresses, or ids of devices and users.")
  private List<String> endpoints = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to let them ring, from 1 to 600. Default: 20")
  private int timeout = 20;

  /** Creates the command. */
  public DialCommand() {}

  @Override
  int run(HostApi host) throws InterruptedException {
    if (timeout < 1 || timeout > MAX_RINGING) {
      throw new IllegalArgumentException("--timeout must be from 1 to 600, but is " + timeout);
    }
    String id = host.rooms().find(room).orElse(room);
    ObjectNode data = noData().put("timeout", timeout);
    endpoints.forEach(data.putArray("endpoints")::add);
    JsonNode legs =
        host.act("dial", data, Duration.ofSeconds(timeout + AFTER_RINGING), id)
            .path("endpoint_responses");
    Table table = new Table("NUMBER", "RESULT", "MESSAGE");
    boolean all = true;
    for (JsonNode leg : legs.values()) {
      boolean joined = leg.path("status").asString("").equals("success");
      all &= joined;
      table.row(
          leg.path("endpoint_id").asString("-"),
          joined ? "joined" : "failed",
          leg.path("message").asString("-"));
    }
    print(legs, table.lines());
    return all ? 0 : 1;
  }
}
