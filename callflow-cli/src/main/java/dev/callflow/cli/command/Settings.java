package dev.callflow.cli.command;

import dev.callflow.core.advice.Nearest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The values of options that the command line does not set: from environment variables, or else
 * from the file that {@code --config} names (docs/command-line.md#settings).
 *
 * <p>The variable of the option {@code --call-secret} is {@code CALLFLOW_CALL_SECRET}, and its key
 * in the file is {@code call-secret}. Empty variables do not count, except for secrets.
 */
public final class Settings implements IDefaultValueProvider {

  private static final String CONFIG = "config";

  /** Secrets, each with options that say the same: a source with one hides both in lower ones. */
  private static final List<List<String>> SECRETS =
      List.of(List.of("password", "password-file"), List.of("token", "token-file"));

  private static final Set<String> NO_SETTINGS = Set.of("help", "version");

  private final Map<String, String> environment;
  private final List<String> arguments;
  private @Nullable Properties file;

  /**
   * Creates the settings; reads no file yet.
   *
   * @param environment the environment variables, by name
   * @param arguments the command line
   */
  public Settings(Map<String, String> environment, String... arguments) {
    this.environment = Map.copyOf(environment);
    this.arguments = List.of(arguments);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || asksForHelp()) {
      return null;
    }
    String key = key(option);
    if (NO_SETTINGS.contains(key)) {
      return null;
    }
    Optional<List<String>> secret = SECRETS.stream().filter(it -> it.contains(key)).findFirst();
    List<String> same = secret.orElse(List.of(key));
    if (same.stream().anyMatch(this::isArgument)) {
      return null;
    }
    CommandLine command = option.command().commandLine();
    for (String each : same) {
      String value = environment.get(variable(each));
      if (value != null && value.isEmpty() && secret.isPresent()) {
        throw new ParameterException(
            command, "the variable " + variable(each) + " is empty; set it or remove it");
      }
    }
    if (same.stream().anyMatch(each -> !environment.getOrDefault(variable(each), "").isEmpty())) {
      String value = environment.getOrDefault(variable(key), "");
      return value.isEmpty() ? null : value;
    }
    return key.equals(CONFIG) ? null : file(command).getProperty(key);
  }

  /**
   * Returns where the value of an option comes from.
   *
   * @param option the option
   * @return the variable or the file; empty for the command line
   */
  Optional<String> source(OptionSpec option) {
    String key = key(option);
    if (isArgument(key)) {
      return Optional.empty();
    }
    return environment.getOrDefault(variable(key), "").isEmpty()
        ? configFile().map(Path::toString)
        : Optional.of("the variable " + variable(key));
  }

  private Properties file(CommandLine command) {
    Properties read = file;
    if (read == null) {
      read = configFile().map(path -> read(path, command)).orElseGet(Properties::new);
      file = read;
    }
    return read;
  }

  private Optional<Path> configFile() {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--config") && i + 1 < arguments.size()) {
        return Optional.of(Path.of(arguments.get(i + 1)));
      }
      if (argument.startsWith("--config=")) {
        return Optional.of(Path.of(argument.substring("--config=".length())));
      }
    }
    return Optional.of(environment.getOrDefault(variable(CONFIG), ""))
        .filter(path -> !path.isEmpty())
        .map(Path::of);
  }

  private static Properties read(Path path, CommandLine command) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(command, "--config: " + CommandErrors.text(e));
    }
    Set<String> known = new TreeSet<>();
    collect(command.getCommandSpec().root(), known);
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!known.contains(key)) {
        throw new ParameterException(
            command, path + ": unknown setting '" + key + "'" + Nearest.hint(key, known));
      }
    }
    return properties;
  }

  private static void collect(CommandSpec command, Set<String> known) {
    command.options().stream()
        .map(Settings::key)
        .filter(key -> !NO_SETTINGS.contains(key) && !key.equals(CONFIG))
        .forEach(known::add);
    command.subcommands().values().forEach(each -> collect(each.getCommandSpec(), known));
  }

  private boolean asksForHelp() {
    return arguments.stream().anyMatch(Set.of("-h", "--help", "help", "-V", "--version")::contains);
  }

  private boolean isArgument(String key) {
    return arguments.stream()
        .anyMatch(it -> it.equals("--" + key) || it.startsWith("--" + key + "="));
  }

  private static String key(OptionSpec option) {
    return Arrays.stream(option.names())
        .filter(name -> name.startsWith("--"))
        .findFirst()
        .orElse("")
        .replaceFirst("^--", "");
  }

  private static String variable(String key) {
    return "CALLFLOW_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
