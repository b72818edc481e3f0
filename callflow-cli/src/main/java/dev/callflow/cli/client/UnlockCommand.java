package dev.callflow.cli.client;

import picocli.CommandLine.Command;

/** {@code ./callflow unlock}: admits callers to a room again. */
@Command(name = "unlock", header = "Unlocks a room on a host.", mixinStandardHelpOptions = true)
public final class UnlockCommand extends RoomAction {

  /** Creates the command. */
  public UnlockCommand() {
    super("unlock", "unlocked");
  }
}
