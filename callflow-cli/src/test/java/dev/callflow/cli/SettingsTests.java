package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/** The precedence of options, environment variables and the settings file; errors of all three. */
@Execution(ExecutionMode.CONCURRENT)
class SettingsTests {

  private static final Map<String, String> NONE = Map.of();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(Map<String, String> environment, String... arguments) {
    return Main.commandLine(environment, arguments)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  /** Returns the value of an option of {@code simulate}. */
  private static Object option(String name, Map<String, String> environment, String... arguments) {
    CommandLine command = Main.commandLine(environment, arguments);
    command.parseArgs(arguments);
    return command.getSubcommands().get("simulate").getCommandSpec().findOption(name).getValue();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void anOptionBeatsTheEnvironmentWhichBeatsTheFile() throws IOException {
    String config = file("callflow.properties", "media-scale = 3\n").toString();
    Map<String, String> two = Map.of("CALLFLOW_MEDIA_SCALE", "2");
    assertThat(option("--media-scale", NONE, "simulate")).isEqualTo(1.0);
    assertThat(option("--media-scale", NONE, "simulate", "--config", config)).isEqualTo(3.0);
    assertThat(option("--media-scale", NONE, "--config=" + config, "simulate")).isEqualTo(3.0);
    assertThat(option("--media-scale", Map.of("CALLFLOW_CONFIG", config), "simulate"))
        .isEqualTo(3.0);
    assertThat(option("--media-scale", two, "simulate", "--config", config)).isEqualTo(2.0);
    assertThat(option("--media-scale", two, "simulate", "--media-scale=1.5")).isEqualTo(1.5);
    assertThat(option("--media-scale", Map.of("CALLFLOW_MEDIA_SCALE", ""), "simulate"))
        .isEqualTo(1.0);
  }

  @Test
  void aPasswordHidesThePasswordFileOfALowerSource() throws IOException {
    String config = file("callflow.properties", "password-file=/nosuch\n").toString();
    Map<String, String> fromEnvironment = Map.of("CALLFLOW_PASSWORD", "secret");
    assertThat(option("--password", fromEnvironment, "simulate", "--config", config))
        .isEqualTo("secret");
    assertThat(option("--password-file", fromEnvironment, "simulate", "--config", config)).isNull();
    assertThat(option("--password", fromEnvironment, "simulate", "--password-file=/x")).isNull();
  }

  @Test
  void anEmptyPasswordIsAnError() throws IOException {
    assertThat(run(Map.of("CALLFLOW_PASSWORD", ""), "simulate")).isEqualTo(2);
    assertThat(run(NONE, "simulate", "--password", "")).isEqualTo(2);
    Path empty = file("password", "\n");
    assertThat(run(NONE, "simulate", "--password-file", empty.toString())).isEqualTo(2);
    assertThat(run(NONE, "simulate", "--password-file", "/nosuch/file")).isEqualTo(2);
    assertThat(run(NONE, "simulate", "--password", "a", "--password-file", "b")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "the variable CALLFLOW_PASSWORD is empty; set it or remove it",
            "see ./callflow simulate --help",
            "the password of --password is empty",
            "--password-file: the first line of " + empty + " is empty",
            "--password-file: /nosuch/file: does not exist",
            "give either --password or --password-file");
  }

  @Test
  void aTokenHidesTheTokenFileOfALowerSource() throws IOException {
    String config = file("callflow.properties", "token-file=/nosuch\naccount=acme\n").toString();
    assertThat(run(NONE, "rooms", "--config", config)).isEqualTo(2);
    assertThat(run(Map.of("CALLFLOW_TOKEN", "a b"), "rooms", "--config", config)).isEqualTo(2);
    assertThat(run(Map.of("CALLFLOW_TOKEN", ""), "rooms", "--config", config)).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "--token-file: /nosuch: does not exist",
            "the token is empty or has characters that a token cannot have",
            "the variable CALLFLOW_TOKEN is empty; set it or remove it",
            "see ./callflow rooms --help");
  }

  @Test
  void anUnknownSettingOfTheFileIsAnErrorWithTheNearestName() throws IOException {
    Path config = file("callflow.properties", "lisen=127.0.0.1:1\n");
    assertThat(run(NONE, "host", "--config", config.toString())).isEqualTo(2);
    assertThat(run(NONE, "host", "--config", "/nosuch/file")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            config + ": unknown setting 'lisen'; did you mean \"listen\"?",
            "see ./callflow host --help",
            "--config: /nosuch/file: does not exist",
            "see ./callflow host --help");
  }

  @Test
  void aWrongValueIsExplainedWithItsSourceInTwoLines() throws IOException {
    Path config = file("callflow.properties", "listen=nowhere\n");
    String message =
        "Invalid value for option '--listen': must be HOST:PORT with a port from 0 to 65535, but is"
            + " 'nowhere'";
    assertThat(run(NONE, "host", "--listen", "nowhere")).isEqualTo(2);
    assertThat(run(Map.of("CALLFLOW_LISTEN", "nowhere"), "host")).isEqualTo(2);
    assertThat(run(NONE, "host", "--config", config.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            message,
            "see ./callflow host --help",
            message + " (from the variable CALLFLOW_LISTEN)",
            "see ./callflow host --help",
            message + " (from " + config + ")",
            "see ./callflow host --help");
  }

  @Test
  void unknownCommandsAndOptionsAreExplained() {
    assertThat(run(NONE)).isEqualTo(2);
    assertThat(run(NONE, "hots")).isEqualTo(2);
    assertThat(run(NONE, "host", "--lisetn=1:1")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "missing command",
            "see ./callflow --help",
            "Unmatched argument at index 0: 'hots'; did you mean host?",
            "see ./callflow --help",
            "Unknown option: '--lisetn=1:1'; did you mean --listen?",
            "see ./callflow host --help");
  }

  @Test
  void helpIsPrintedEvenIfASettingIsWrong() {
    Map<String, String> wrong = Map.of("CALLFLOW_LISTEN", "nowhere", "CALLFLOW_PASSWORD", "");
    assertThat(run(wrong, "host", "--help")).isZero();
    assertThat(out.toString()).contains("Exit codes:", "--password-file");
  }

  @Test
  void theListOfCommandsHasOneWholeSentenceForEach() {
    assertThat(run(NONE, "--help")).isZero();
    assertThat(out.toString())
        .contains("Exit codes:")
        .satisfies(help ->
            assertThat(
                    help.substring(help.indexOf("Commands:"), help.indexOf("Exit codes:")).lines())
                .filteredOn(line -> line.startsWith("  "))
                .hasSize(Main.commandLine(NONE).getSubcommands().size())
                .allMatch(line -> line.matches("  [a-z-]+ +[A-Z].*\\.")));
  }

  @Test
  void aCompletionScriptIsGenerated() {
    assertThat(run(NONE, "generate-completion")).isZero();
    assertThat(out.toString())
        .contains("complete -F", "--password-file", "simulate", "participants", "--token-file");
  }
}
