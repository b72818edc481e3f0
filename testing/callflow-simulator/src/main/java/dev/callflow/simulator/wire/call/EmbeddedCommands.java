package dev.callflow.simulator.wire.call;

import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.simulator.wire.job.ApiRunner;
import dev.callflow.simulator.wire.job.Jobs;
import dev.callflow.simulator.wire.text.Substitution;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Replaces the references in arguments and in the values of variables, and runs the api commands
 * that are embedded there.
 */
public final class EmbeddedCommands {

  private final ApiRunner api;
  private final Jobs jobs;
  private final EffectLog effects;
  private final Map<String, String> globals =
      new ConcurrentHashMap<>(Map.of("domain", "127.0.0.1", "local_ip_v4", "127.0.0.1"));

  /**
   * @param api runs an api command and returns its answer
   */
  public EmbeddedCommands(ApiRunner api, Jobs jobs, EffectLog effects) {
    this.api = api;
    this.jobs = jobs;
    this.effects = effects;
  }

  public void setGlobal(String name, String value) {
    if (value.isEmpty()) {
      globals.remove(name);
    } else {
      globals.put(name, value);
    }
  }

  public Optional<String> global(String name) {
    return Optional.ofNullable(globals.get(name));
  }

  /** Replaces the references in a string, using the variables of a channel. */
  public String substitute(String text, ChannelState channel) {
    return new Substitution(
            name -> variable(name, channel),
            (name, argument) ->
                run(channel.uuid(), Effect.Source.SUBSTITUTION, name + " " + argument))
        .apply(text);
  }

  /** Replaces the references in a string that belongs to no channel, using the global variables. */
  public String substitute(String text) {
    return new Substitution(
            this::global,
            (name, argument) -> run("", Effect.Source.SUBSTITUTION, name + " " + argument))
        .apply(text);
  }

  /** Runs a command embedded in a variable or an argument. */
  String run(String channel, Effect.Source source, String line) {
    effects.add(new Effect.CommandRun(channel, source, line.strip()));
    String answer = "";
    if (waits(line)) {
      // This thread holds the switch's lock, so waiting for a call here would block forever.
      jobs.inBackground(() -> api.run(line));
    } else {
      answer = api.run(line);
    }
    return answer.startsWith("-ERR ") && answer.endsWith(" Command not found!\n") ? "" : answer;
  }

  private static boolean waits(String line) {
    String lower = line.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("originate")
        || lower.startsWith("msleep")
        || lower.startsWith("expand")
        || lower.startsWith("conference") && lower.contains("dial");
  }

  private Optional<String> variable(String name, ChannelState channel) {
    return channel
        .variable(name)
        .or(() ->
            Optional.ofNullable(
                switch (name) {
                  case "uuid" -> channel.uuid();
                  case "caller_id_number" -> channel.callerNumber();
                  case "caller_id_name" -> channel.callerName();
                  case "destination_number" -> channel.destination();
                  case "channel_name" -> channel.name();
                  default -> null;
                }))
        .or(() -> global(name));
  }
}
