package dev.callflow.cli.client;

import picocli.CommandLine.Command;

/** {@code ./callflow unmute}: lets the others hear participants again. */
@Command(
    name = "unmute",
    header = "Unmutes a participant of a room, or all but moderators.",
    mixinStandardHelpOptions = true)
public final class UnmuteCommand extends ParticipantAction {

  /** Creates the command. */
  public UnmuteCommand() {
    super("unmute", "unmuted");
  }
}
