package dev.callflow.cli.client;

import dev.callflow.cli.command.CommandErrors;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that all client commands have: which host, and with which token. */
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the host refused the request: no such room or participant, or it is not possible",
      "2:wrong arguments, the host cannot be reached, or it does not accept the token",
      "3:an internal error, which you should report",
      "4:the host is busy, or has not answered in time; try again"
    })
final class ClientOptions {

  @Option(
      names = "--host",
      paramLabel = "URL",
      description = "The address at which the host serves its API. Default: http://127.0.0.1:8000")
  private String host = "http://127.0.0.1:8000";

  @Option(names = "--account", paramLabel = "ID", description = "The account that has the rooms.")
  private @Nullable String account;

  @Option(
      names = "--token",
      paramLabel = "T",
      description =
          "The token for the API. Other users can see the command line, so prefer --token-file or"
              + " the environment variable CALLFLOW_TOKEN.")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The file whose first line is the token for the API.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--answer-timeout",
      paramLabel = "SECONDS",
      description = "How long the host may take to answer, at least 1. Default: 30")
  private int timeout = 30;

  @Option(names = "--json", description = "Prints JSON, as the API returns it.")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * Creates a client of the host.
   *
   * @throws IllegalArgumentException if an option is missing or invalid
   */
  HostApi api() {
    if (account == null) {
      throw new IllegalArgumentException(
          "no account: set --account or the environment variable CALLFLOW_ACCOUNT");
    }
    if (timeout < 1) {
      throw new IllegalArgumentException("--answer-timeout must be at least 1, but is " + timeout);
    }
    return new HostApi(uri(host), account, token(), Duration.ofSeconds(timeout));
  }

  private static URI uri(String text) {
    URI uri;
    try {
      uri = URI.create(text.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(notAnAddress(text), e);
    }
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.matches("(?i)https?") || uri.getHost() == null || uri.getQuery() != null) {
      throw new IllegalArgumentException(notAnAddress(text));
    }
    return uri;
  }

  private static String notAnAddress(String text) {
    return "--host must be a URL such as http://127.0.0.1:8000, but is '" + text + "'";
  }

  private String token() {
    if (tokenFile != null && token != null) {
      throw new IllegalArgumentException("give either --token or --token-file");
    }
    String value = tokenFile == null ? token : firstLine(tokenFile);
    if (value == null) {
      throw new IllegalArgumentException(
          "no token: set the environment variable CALLFLOW_TOKEN, or give --token-file;"
              + " ./callflow token creates one");
    }
    if (!value.matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "the token is empty or has characters that a token cannot have");
    }
    return value;
  }

  private static String firstLine(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String first = lines.readLine();
      return first == null ? "" : first.strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("--token-file: " + CommandErrors.text(e), e);
    }
  }
}
