package dev.callflow.cli.client;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./callflow kick}: removes a participant from a room. */
@Command(
    name = "kick",
    header = "Removes a participant from a room on a host.",
    description = "Removes a participant from a room, or turns away a caller who waits.",
    mixinStandardHelpOptions = true)
public final class KickCommand extends ClientCommand {

  @Parameters(
      index = "0",
      paramLabel = "ROOM",
      description = "The room's id, or its name or number.")
  private String room = "";

  @Parameters(
      index = "1",
      paramLabel = "PARTICIPANT",
      description = "The participant: the id or the call that ./callflow participants lists.")
  private String participant = "";

  @Option(
      names = "--ban",
      description = "Also keeps their caller number out until the conference ends.")
  private boolean ban;

  /** Creates the command. */
  public KickCommand() {}

  @Override
  int run(HostApi host) throws InterruptedException {
    String id = host.rooms().require(room);
    print(
        host.act("kick", noData().put("ban", ban), id, "participants", participant),
        List.of("kicked " + participant));
    return 0;
  }
}
