package dev.callflow.simulator.wire;

import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Runs what stands in the variables that FreeSWITCH runs by itself. Their names need only begin
 * like a hook's, in any case, and one variable may hold several commands.
 */
final class Hooks {

  private static final String SEVERAL = "ARRAY::";

  private final EmbeddedCommands commands;
  private final ApplicationRunner applications;
  private final Effects effects;

  Hooks(EmbeddedCommands commands, ApplicationRunner applications, Effects effects) {
    this.commands = commands;
    this.applications = applications;
    this.effects = effects;
  }

  void happened(SwitchEvent event) {
    switch (event) {
      case SwitchEvent.Rings(var channel) -> on(channel, "ring");
      case SwitchEvent.Answered(var channel) -> {
        on(channel, "answer");
        on(channel, "media");
      }
      case SwitchEvent.Transferred(var channel, var number) -> on(channel, "blind_transfer");
      case SwitchEvent.ExecutionStarted(var channel, var execution)
          when execution.what() instanceof Application.Record ->
          on(channel, "record_start");
      case SwitchEvent.ExecutionEnded(var channel, var execution, var response)
          when execution.what() instanceof Application.Record -> {
        on(channel, "record_stop");
        execute(channel, "record_post_process_exec_app");
        api(channel, "record_post_process_exec_api");
      }
      // Whoever is the first one in has created it.
      case SwitchEvent.MemberAdded(var room, var member) when room.size() == 1 ->
          api(member.channel(), "api_on_conference_create");
      case SwitchEvent.HungUp(var channel, var by) -> {
        atTheEnd(channel, "api_hangup_hook");
        atTheEnd(channel, "api_reporting_hook");
      }
      case SwitchEvent.OfChannel other -> {}
      case SwitchEvent.OfRoom other -> {}
    }
  }

  /** Runs a channel's applications and api commands for an occasion. */
  void on(ChannelState channel, String occasion) {
    execute(channel, "execute_on_" + occasion);
    api(channel, "api_on_" + occasion);
  }

  void api(ChannelState channel, String prefix) {
    for (String line : values(channel, prefix)) {
      commands.run(channel.uuid(), Effect.Source.HOOK, substituted(line, channel));
    }
  }

  private void execute(ChannelState channel, String prefix) {
    for (String line : values(channel, prefix)) {
      String[] words = line.split("[ :]+", 2);
      String argument = words.length > 1 ? words[1] : "";
      effects.add(
          new Effect.CommandRun(
              channel.uuid(), Effect.Source.HOOK, (words[0] + " " + argument).strip()));
      applications.run(channel, ApplicationRunner.Request.of(words[0], argument));
    }
  }

  private void atTheEnd(ChannelState channel, String name) {
    channel
        .variable(name)
        .map(line -> line.replaceFirst("^([^ ]*?)::", "$1 "))
        .ifPresent(
            line -> commands.run(channel.uuid(), Effect.Source.HOOK, substituted(line, channel)));
  }

  private String substituted(String line, ChannelState channel) {
    String[] words = line.split(" ", 2);
    return words.length < 2 ? line : words[0] + " " + commands.substitute(words[1], channel);
  }

  private static List<String> values(ChannelState channel, String prefix) {
    return channel.variables().entrySet().stream()
        .filter(each -> each.getKey().toLowerCase(Locale.ROOT).startsWith(prefix))
        .flatMap(each ->
            each.getValue().startsWith(SEVERAL)
                ? List.of(each.getValue().substring(SEVERAL.length()).split(Pattern.quote("|:")))
                    .stream()
                : List.of(each.getValue()).stream())
        .toList();
  }
}
