package dev.callflow.simulator.wire.command;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Dispatches the {@code api} commands of the simulated FreeSWITCH. */
public final class ApiCommands {

  private final Map<String, UnaryOperator<String>> commands = new HashMap<>();

  public ApiCommands(List<ApiCommandGroup> groups) {
    groups.forEach(group -> commands.putAll(group.commands()));
  }

  public String run(String line) {
    String[] words = line.split(" ", 2);
    UnaryOperator<String> command = commands.get(words[0].toLowerCase(Locale.ROOT));
    return command == null
        ? "-ERR " + words[0] + " Command not found!\n"
        : command.apply(words.length > 1 ? words[1].strip() : "");
  }
}
