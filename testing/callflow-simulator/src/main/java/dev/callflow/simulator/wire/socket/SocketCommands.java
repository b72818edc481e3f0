package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.wire.call.EffectLog;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.simulator.wire.event.EventWriter;
import dev.callflow.simulator.wire.event.WireEvent;
import dev.callflow.simulator.wire.job.ApiRunner;
import dev.callflow.simulator.wire.job.Jobs;
import dev.callflow.simulator.wire.setup.UserRights;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Carries out clients' commands on the switch. Thread-safe. */
public final class SocketCommands implements CommandTarget {

  /** The api commands that run programs. */
  private static final Pattern PROGRAM =
      Pattern.compile("\\s*(?:bg_)?(?:system|spawn|spawn_stream)\\s.*", Pattern.CASE_INSENSITIVE);

  /**
   * The delay before an application's channel is parked. FreeSWITCH parks it on another thread, a
   * moment after the reply.
   */
  private static final Duration UNTIL_PARKED = Duration.ofMillis(2);

  private final SimulatedSwitch model;
  private final ChannelMessages messages;
  private final Logins logins;
  private final Commands commands;
  private final Clients clients;
  private final LingeringCalls lingering = new LingeringCalls();

  /**
   * The services that run api commands.
   *
   * @param api runs a command and returns its answer
   * @param jobs runs background commands
   * @param effects records commands that run programs
   */
  public record Commands(ApiRunner api, Jobs jobs, EffectLog effects) {}

  /**
   * The services that send events to connections.
   *
   * @param events translates the events of the switch
   * @param publish sends an event to all connections
   */
  public record Clients(EventWriter events, Consumer<WireEvent> publish) {}

  public SocketCommands(
      SimulatedSwitch model,
      ChannelMessages messages,
      Logins logins,
      Commands commands,
      Clients clients) {
    this.model = model;
    this.messages = messages;
    this.logins = logins;
    this.commands = commands;
    this.clients = clients;
  }

  SimulatedSwitch model() {
    return model;
  }

  Logins logins() {
    return logins;
  }

  LingeringCalls lingering() {
    return lingering;
  }

  @Override
  public boolean accepts(String offered) {
    return logins.accepts(offered);
  }

  @Override
  public Optional<UserRights> user(String name, String offered) {
    return logins.user(name, offered);
  }

  @Override
  public String api(String line) {
    if (PROGRAM.matcher(line).matches()) {
      commands.effects().add(new Effect.CommandRun("", Effect.Source.CLIENT, line));
    }
    return commands.api().run(line);
  }

  @Override
  public void background(String line, String job) {
    commands
        .jobs()
        .inBackground(() -> {
          String[] words = line.split(" ", 2);
          WireEvent event =
              clients
                  .events()
                  .base("BACKGROUND_JOB")
                  .add("Job-UUID", job)
                  .add("Job-Command", words[0]);
          if (words.length > 1) {
            event.add("Job-Command-Arg", words[1]);
          }
          clients.publish().accept(event.body(api(line)));
        });
  }

  @Override
  public SentMessage message(Optional<String> channel, WireCommand command, boolean inItsThread) {
    return messages.message(channel, command, inItsThread);
  }

  @Override
  public Optional<WireEvent> channelData(String channel) {
    return model.channel(channel).map(clients.events()::data);
  }

  @Override
  public void parked(String channel) {
    model
        .channel(channel)
        .map(clients.events()::parked)
        .ifPresent(
            event -> commands.jobs().later(UNTIL_PARKED, () -> clients.publish().accept(event)));
  }

  @Override
  public Optional<String> variable(String channel, String name) {
    Optional<ChannelState> found = model.channel(channel).or(() -> lingering.find(channel));
    return found.flatMap(
        state -> name.equals("uuid") ? Optional.of(channel) : state.variable(name));
  }

  @Override
  public String fire(WireCommand command) {
    String uuid = UUID.randomUUID().toString();
    WireEvent event = new WireEvent();
    command.header("Event-Subclass").ifPresent(subclass -> event.add("Event-Subclass", subclass));
    event.add("Command", command.line());
    command.headers().stream()
        .filter(header -> !header.getKey().equalsIgnoreCase("Event-Subclass"))
        .forEach(header -> event.add(header.getKey(), header.getValue()));
    event.add("Event-UUID", uuid);
    event.add("Event-Name", command.after("sendevent")).body(command.body());
    clients.publish().accept(event);
    return "+OK " + uuid;
  }
}
