package dev.callflow.cli.client;

import dev.callflow.cli.CommandLines;
import dev.callflow.waiting.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands and keeps what they print. */
final class ClientRun {

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  private final Map<String, String> environment;

  ClientRun(String url) {
    this(
        Map.of(
            "CALLFLOW_HOST",
            url,
            "CALLFLOW_ACCOUNT",
            "acme",
            "CALLFLOW_TOKEN",
            TestHost.TOKEN,
            // So that a slow machine changes no result.
            "CALLFLOW_ANSWER_TIMEOUT",
            String.valueOf(Eventually.LIMIT.toSeconds())));
  }

  ClientRun(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs a command; returns its exit code. */
  int run(String... arguments) {
    return CommandLines.of(environment, arguments)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  List<String> lines() {
    return new ArrayList<>(out.toString().lines().toList());
  }
}
