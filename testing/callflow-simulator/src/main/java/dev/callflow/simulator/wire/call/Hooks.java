package dev.callflow.simulator.wire.call;

import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.effect.Effect;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Runs the hooks of channels: variables such as {@code execute_on_answer} whose values FreeSWITCH
 * executes automatically. As in FreeSWITCH, a variable is a hook if its name starts with a hook's
 * name, ignoring case, and one variable may hold several commands.
 */
public final class Hooks {

  private static final String SEVERAL = "ARRAY::";

  private final EmbeddedCommands commands;
  private final ApplicationRunner applications;
  private final EffectLog effects;

  public Hooks(EmbeddedCommands commands, ApplicationRunner applications, EffectLog effects) {
    this.commands = commands;
    this.applications = applications;
    this.effects = effects;
  }

  /** Starts listening for the events of the switch that trigger hooks. */
  public void follow(SimulatedSwitch model) {
    model.listen(SwitchEvent.Rings.class, it -> on(it.channel(), "ring"));
    model.listen(SwitchEvent.EarlyMedia.class, it -> early(it.channel()));
    model.listen(SwitchEvent.Answered.class, it -> answered(it.channel()));
    model.listen(SwitchEvent.Transferred.class, it -> on(it.channel(), "blind_transfer"));
    model.listen(SwitchEvent.ExecutionStarted.class, this::started);
    model.listen(SwitchEvent.ExecutionEnded.class, this::ended);
    model.listen(SwitchEvent.MemberAdded.class, this::entered);
    model.listen(SwitchEvent.HungUp.class, it -> hungUp(it.channel()));
  }

  private void answered(ChannelState channel) {
    on(channel, "answer");
    if (channel.earlyAt() == null) {
      on(channel, "media");
    }
  }

  private void early(ChannelState channel) {
    on(channel, "pre_answer");
    on(channel, "media");
  }

  private void started(SwitchEvent.ExecutionStarted started) {
    if (started.execution().what() instanceof Application.Record) {
      on(started.channel(), "record_start");
    }
  }

  private void ended(SwitchEvent.ExecutionEnded ended) {
    if (ended.execution().what() instanceof Application.Record) {
      on(ended.channel(), "record_stop");
      execute(ended.channel(), "record_post_process_exec_app");
      api(ended.channel(), "record_post_process_exec_api");
    }
  }

  /** Runs the hook of the member that created the room, which is the room's first member. */
  private void entered(SwitchEvent.MemberAdded added) {
    if (added.room().size() == 1) {
      api(added.member().channel(), "api_on_conference_create");
    }
  }

  private void hungUp(ChannelState channel) {
    atTheEnd(channel, "api_hangup_hook");
    atTheEnd(channel, "api_reporting_hook");
  }

  /**
   * Runs a channel's hooks for an event such as "answer": first the applications, then the api
   * commands.
   */
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
