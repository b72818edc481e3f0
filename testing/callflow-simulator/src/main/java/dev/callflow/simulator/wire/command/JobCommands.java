package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.wire.call.EmbeddedCommands;
import dev.callflow.simulator.wire.job.ApiRunner;
import dev.callflow.simulator.wire.job.Jobs;
import dev.callflow.simulator.wire.text.CNumber;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The {@code api} commands that run another command: later, in the background, or with its
 * variables replaced.
 */
public final class JobCommands implements ApiCommandGroup {

  private final ApiRunner api;
  private final Jobs jobs;
  private final EmbeddedCommands variables;

  /**
   * @param api runs an api command and returns its answer
   */
  public JobCommands(ApiRunner api, Jobs jobs, EmbeddedCommands variables) {
    this.api = api;
    this.jobs = jobs;
    this.variables = variables;
  }

  @Override
  public Map<String, UnaryOperator<String>> commands() {
    return Map.of(
        "expand", this::expand,
        "bgapi", this::background,
        "sched_api", this::schedule,
        "msleep", this::sleep);
  }

  private String expand(String line) {
    String[] words = line.split(" ", 2);
    return api.run(words.length < 2 ? words[0] : words[0] + " " + variables.substitute(words[1]));
  }

  private String background(String line) {
    jobs.inBackground(() -> api.run(line));
    return "+OK Job-UUID: " + UUID.randomUUID() + "\n";
  }

  /** Schedules a command: {@code +SECONDS GROUP COMMAND}. */
  private String schedule(String line) {
    String[] words = line.split(" ", 3);
    if (words.length < 3) {
      return "-ERR Invalid syntax. USAGE: [+@]<time> <group_name> <command_string>[&]\n";
    }
    int seconds = Math.max(CNumber.of(words[0].replaceFirst("^[+@]", "")), 0);
    jobs.later(Duration.ofSeconds(seconds), () -> jobs.inBackground(() -> api.run(words[2])));
    return "+OK Added: 1\n";
  }

  private String sleep(String millis) {
    jobs.pause(Duration.ofMillis(millis.matches("\\d{1,6}") ? Long.parseLong(millis) : 0));
    return "+OK";
  }
}
