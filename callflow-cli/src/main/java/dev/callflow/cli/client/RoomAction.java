package dev.callflow.cli.client;

import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that performs one action on a whole room. */
abstract class RoomAction extends ClientCommand {

  @Parameters(
      index = "0",
      paramLabel = "ROOM",
      description = "The room's id, or its name or number.")
  private String room = "";

  private final String action;
  private final String done;

  /**
   * Creates the command.
   *
   * @param action the action of the API
   * @param done what to print when it is done
   */
  RoomAction(String action, String done) {
    this.action = action;
    this.done = done;
  }

  @Override
  final int run(HostApi host) throws InterruptedException {
    String id = host.rooms().require(room);
    print(host.act(action, noData(), id), List.of(done + " " + id));
    return 0;
  }
}
