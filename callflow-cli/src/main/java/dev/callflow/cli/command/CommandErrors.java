package dev.callflow.cli.command;

import dev.callflow.core.time.OneLine;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints errors as one line that names the cause, without usage and stack traces. */
public final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  /** The exit code for wrong arguments and for files and addresses that cannot be used. */
  public static final int UNUSABLE = 2;

  /** The exit code for errors of Callflow itself. */
  public static final int INTERNAL = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CommandErrors.class);

  private final Settings settings;

  /**
   * Creates the handler.
   *
   * @param settings the sources of values, which messages name
   */
  public CommandErrors(Settings settings) {
    this.settings = settings;
  }

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    List<String> similar =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    print(
        command,
        text(error)
            + source(error)
            + (similar.isEmpty() ? "" : "; did you mean " + similar.get(0) + "?"));
    print(command, "see ./" + command.getCommandSpec().qualifiedName() + " --help");
    return UNUSABLE;
  }

  private String source(ParameterException error) {
    return error.getArgSpec() instanceof OptionSpec option
        ? settings.source(option).map(it -> " (from " + it + ")").orElse("")
        : "";
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    if (error instanceof IllegalArgumentException || error instanceof IOException) {
      print(command, text(error));
      return UNUSABLE;
    }
    LOG.error("internal error", error);
    print(
        command,
        "internal error: "
            + error
            + "; please report it with the output of: CALLFLOW_LOG=INFO ./"
            + command.getCommandSpec().qualifiedName()
            + " …");
    return INTERNAL;
  }

  /**
   * Explains an error.
   *
   * @param error the error
   * @return the cause in words
   */
  public static String text(Throwable error) {
    return switch (error) {
      case NoSuchFileException missing -> missing.getFile() + ": does not exist";
      case AccessDeniedException denied -> denied.getFile() + ": access is denied";
      default -> error.getMessage() == null ? error.toString() : error.getMessage();
    };
  }

  /**
   * Explains why a file cannot be read.
   *
   * @param file the file
   * @param error the error
   * @return the file and the cause in words
   */
  public static String unreadable(Path file, IOException error) {
    return OneLine.of(
        error instanceof NoSuchFileException
            ? file + ": does not exist"
            : file + ": cannot be read: " + error.getMessage());
  }

  private static void print(CommandLine command, String line) {
    command.getErr().println(OneLine.of(line));
    command.getErr().flush();
  }
}
