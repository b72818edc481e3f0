package dev.callflow.cli.client;

import dev.callflow.core.document.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A command that asks a running host for something. */
abstract class ClientCommand implements Callable<Integer> {

  @Mixin private ClientOptions options = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() throws InterruptedException {
    try (HostApi host = options.api()) {
      return run(host);
    } catch (HostException e) {
      note(String.valueOf(e.getMessage()));
      return e.exitCode();
    }
  }

  /** Runs the command; returns the exit code. */
  abstract int run(HostApi host) throws InterruptedException;

  final boolean json() {
    return options.json();
  }

  /** Prints the result of the command: the data if JSON is wanted, otherwise the lines. */
  final void print(JsonNode data, Iterable<String> lines) {
    if (json()) {
      line(Printable.json(data));
    } else {
      lines.forEach(this::line);
    }
  }

  /** Prints a line of the result; returns false if nobody reads it any more. */
  final boolean line(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Printable.text(line));
    return !out.checkError();
  }

  /** Prints a line about the command itself. */
  final void note(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(Printable.text(line));
    err.flush();
  }

  static ObjectNode noData() {
    return Json.object();
  }
}
