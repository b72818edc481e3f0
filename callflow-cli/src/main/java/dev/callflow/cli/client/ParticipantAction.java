package dev.callflow.cli.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** A command that performs one action on one or all participants of a room. */
abstract class ParticipantAction extends ClientCommand {

  @Parameters(
      index = "0",
      paramLabel = "ROOM",
      description = "The room's id, or its name or number.")
  private String room = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PARTICIPANT",
      description = "The participant: the id or the call that ./callflow participants lists.")
  private @Nullable String participant;

  @Option(names = "--all", description = "All participants except moderators.")
  private boolean all;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final String action;
  private final String done;

  /**
   * Creates the command.
   *
   * @param action the action of the API
   * @param done what to print when it is done
   */
  ParticipantAction(String action, String done) {
    this.action = action;
    this.done = done;
  }

  @Override
  final int run(HostApi host) throws InterruptedException {
    if (all == (participant != null)) {
      throw new ParameterException(spec.commandLine(), "give either PARTICIPANT or --all");
    }
    String id = host.rooms().require(room);
    JsonNode data =
        participant == null
            ? host.act(action, noData(), id, "participants")
            : host.act(action, noData(), id, "participants", participant);
    print(data, List.of(done + " " + (participant == null ? "all but moderators" : participant)));
    return 0;
  }
}
