package dev.callflow.cli.client;

import picocli.CommandLine.Command;

/** {@code ./callflow mute}: stops the others from hearing participants. */
@Command(
    name = "mute",
    header = "Mutes a participant of a room, or all but moderators.",
    mixinStandardHelpOptions = true)
public final class MuteCommand extends ParticipantAction {

  /** Creates the command. */
  public MuteCommand() {
    super("mute", "muted");
  }
}
