package dev.callflow.simulator.wire.call;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.simulator.wire.text.ConferenceArgument;
import dev.callflow.simulator.wire.text.ScopedArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Executes applications on channels. As in FreeSWITCH, the references in the argument are replaced
 * first, then the variables in front of the argument are set, and finally the application reads the
 * argument.
 */
public final class ApplicationRunner {

  private static final String CONFERENCE = "conference";

  private final SimulatedSwitch model;
  private final Applications dictionary;
  private final EmbeddedCommands commands;
  private final EffectLog effects;
  private final Bridging bridging;

  /** Places calls on behalf of a channel. */
  public interface Bridging {

    /**
     * Dials the legs of a dial string and bridges the channel with the leg that answers; the
     * execution lasts until the bridge ends.
     */
    void start(ChannelState channel, String execution, String dialString);

    /** Dials the legs of a dial string and puts the leg that answers into a room. */
    void invite(ChannelState channel, String room, String dialString);
  }

  /**
   * A request to execute an application.
   *
   * @param id the execution's ID
   * @param locked whether later executions wait until this one has ended
   * @param loops the number of consecutive runs; negative to repeat endlessly
   */
  public record Request(String id, String name, String argument, boolean locked, int loops) {

    public static Request of(String name, String argument) {
      return new Request(UUID.randomUUID().toString(), name, argument, false, 1);
    }
  }

  /**
   * An application that is ready to be executed.
   *
   * @param atStart returns the application for the state of the channel at the start, since earlier
   *     applications may still change variables
   * @param then the action to run after the execution has been started or queued
   */
  public record Prepared(
      Execution execution, Function<ChannelState, Application> atStart, Runnable then) {}

  public ApplicationRunner(
      SimulatedSwitch model,
      Applications dictionary,
      EmbeddedCommands commands,
      EffectLog effects,
      Bridging bridging) {
    this.model = model;
    this.bridging = bridging;
    this.dictionary = dictionary;
    this.commands = commands;
    this.effects = effects;
  }

  /**
   * Executes an application. As in FreeSWITCH, the channel is hung up if the application is
   * unknown.
   */
  public void run(ChannelState channel, Request request) {
    prepare(channel, request)
        .ifPresentOrElse(
            prepared -> {
              model.execute(channel.uuid(), prepared.execution());
              prepared.then().run();
            },
            () -> refuse(channel));
  }

  public void refuse(ChannelState channel) {
    model.hangUp(channel.uuid(), EndedBy.SWITCH, HangupCause.DESTINATION_OUT_OF_ORDER);
  }

  /**
   * Returns the argument that the application receives, and the variables that are set while it
   * runs.
   */
  ScopedArgument argument(ChannelState channel, String text) {
    return channel.variable("app_disable_expand_variables").filter("true"::equals).isPresent()
        ? new ScopedArgument(List.of(), text)
        : ScopedArgument.of(commands.substitute(text, channel));
  }

  /**
   * Prepares an application for execution; returns empty if FreeSWITCH has no application of that
   * name.
   */
  public Optional<Prepared> prepare(ChannelState channel, Request request) {
    ScopedArgument scoped = argument(channel, request.argument());
    Map<String, String> variables = new LinkedHashMap<>(channel.variables());
    for (Map.Entry<String, String> each : scoped.variables()) {
      effects.add(new Effect.VariableSet(channel.uuid(), each.getKey(), each.getValue()));
      variables.put(each.getKey(), each.getValue());
    }
    ChannelState seen = channel.withVariables(variables);
    return parse(seen, request, scoped.argument())
        .map(what -> {
          if (what instanceof Application.Assign(var assigned)) {
            assigned.forEach(
                (name, value) -> effects.add(new Effect.VariableSet(channel.uuid(), name, value)));
          }
          return new Prepared(
              new Execution(
                  request.id(),
                  request.name(),
                  scoped.argument(),
                  what,
                  request.locked(),
                  request.loops()),
              what instanceof Application.Join
                  ? state -> join(state, request, scoped).orElse(what)
                  : state -> what,
              then(seen, request, scoped.argument(), what));
        });
  }

  private Optional<Application> join(ChannelState state, Request request, ScopedArgument scoped) {
    Map<String, String> variables = new LinkedHashMap<>(state.variables());
    scoped.variables().forEach(each -> variables.put(each.getKey(), each.getValue()));
    return parse(state.withVariables(variables), request, scoped.argument());
  }

  private Optional<Application> parse(ChannelState channel, Request request, String argument) {
    return switch (request.name().toLowerCase(Locale.ROOT)) {
      case "bridge" -> Optional.of(new Application.External(true));
      case "system", "bgsystem" -> {
        effects.add(
            new Effect.CommandRun(
                channel.uuid(), Effect.Source.APPLICATION, request.name() + " " + argument));
        yield Optional.of(new Application.Assign(Map.of()));
      }
      case CONFERENCE -> {
        ConferenceArgument room = ConferenceArgument.of(argument);
        boolean exists = room.dials().isPresent() && model.rooms().find(room.room()).isPresent();
        yield room.room().isEmpty() || exists
            ? Optional.of(new Application.Assign(Map.of()))
            : dictionary.read(request.name(), argument, channel, Applications.UNCHANGED);
      }
      default ->
          dictionary.read(
              request.name(), argument, channel, text -> commands.substitute(text, channel));
    };
  }

  private Runnable then(ChannelState channel, Request request, String argument, Application what) {
    return switch (request.name().toLowerCase(Locale.ROOT)) {
      case "bridge" -> () -> bridging.start(channel, request.id(), argument);
      case CONFERENCE ->
          () -> {
            ConferenceArgument room = ConferenceArgument.of(argument);
            if (what instanceof Application.Join && room.dials().isPresent()) {
              bridging.invite(channel, room.room(), room.dials().get());
            }
          };
      default -> () -> {};
    };
  }
}
