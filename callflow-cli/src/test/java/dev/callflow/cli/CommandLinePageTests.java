package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Compares docs/command-line.md with the commands. */
class CommandLinePageTests {

  private static final Path PAGE = Path.of("../docs/command-line.md");

  private final CommandLine command = Main.commandLine(Map.of());

  private static List<String> found(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void theTableHasEachCommand() throws IOException {
    assertThat(
            found(
                "^\\| \\[?`([a-z-]+)[ `][^|]*\\| (?:plays|takes|checks|runs|a Free|creates|prints"
                    + "|installs|writes|lists|mutes|lets|removes|locks|unlocks|calls|starts)"))
        .containsExactlyInAnyOrderElementsOf(
            command.getSubcommands().keySet().stream().filter(it -> !it.equals("help")).toList());
  }

  @Test
  void eachOptionOfThePageExists() throws IOException {
    String usages = usages(command);
    assertThat(found("(--[a-z][a-z-]*)")).isNotEmpty().allMatch(usages::contains);
  }

  /** Returns the help of all commands and their commands. */
  private static String usages(CommandLine command) {
    return command.getSubcommands().values().stream()
        .map(each -> each.getUsageMessage() + usages(each))
        .collect(Collectors.joining());
  }

  @Test
  void eachCommandOnThePageCanBeTyped() throws IOException {
    List<String> lines = found("^(?:\\(umask 077; )?\\./callflow ([^>\\n]*)");
    assertThat(lines).hasSizeGreaterThan(10);
    for (String line : lines) {
      String[] words =
          Pattern.compile("\"([^\"]*)\"|(\\S+)")
              .matcher(line)
              .results()
              .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
              .toArray(String[]::new);
      assertThatCode(() -> Main.commandLine(Map.of(), words).parseArgs(words))
          .as(line)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theExitCodesAreThoseOfTheHelp() throws IOException {
    assertThat(found("^\\| ([0-9]) \\|"))
        .containsExactlyElementsOf(command.getCommandSpec().usageMessage().exitCodeList().keySet());
  }

  @Test
  void theSettingsFileOfThePageIsValid(@TempDir Path folder) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("callflow.properties"), found("```properties\n(.*?)```").get(0));
    String[] arguments = {"host", "--config", config.toString()};
    CommandLine line = Main.commandLine(Map.of(), arguments);
    line.parseArgs(arguments);
    assertThat(
            line.getSubcommands()
                .get("host")
                .getCommandSpec()
                .findOption("--listen")
                .<InetSocketAddress>getValue())
        .hasToString(new InetSocketAddress("10.0.0.5", 8084).toString());
  }
}
