package dev.callflow.cli.client;

import picocli.CommandLine.Command;

/** {@code ./callflow lock}: admits nobody else to a room. */
@Command(
    name = "lock",
    header = "Locks a room on a host, so that nobody else can join.",
    mixinStandardHelpOptions = true)
public final class LockCommand extends RoomAction {

  /** Creates the command. */
  public LockCommand() {
    super("lock", "locked");
  }
}
