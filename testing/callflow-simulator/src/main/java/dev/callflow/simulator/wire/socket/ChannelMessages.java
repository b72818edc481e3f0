package dev.callflow.simulator.wire.socket;

import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.wire.call.ApplicationRunner;
import dev.callflow.simulator.wire.call.History;
import dev.callflow.simulator.wire.job.Activity;
import dev.callflow.simulator.wire.job.Waits;
import dev.callflow.simulator.wire.setup.WireFaults;
import dev.callflow.simulator.wire.text.CNumber;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out {@code sendmsg} on channels (docs/spec/event-socket.md#sendmsg). */
public final class ChannelMessages {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelMessages.class);

  private static final Duration APPLICATION_TIMEOUT = Duration.ofDays(1);

  /**
   * The services for calls whose own threads wait for an application to end.
   *
   * @param activity counts the thread as busy while it works
   * @param waits lets the thread wait
   */
  public record CallThreads(Activity activity, Waits waits) {}

  private final SimulatedSwitch model;
  private final ApplicationRunner applications;
  private final History history;
  private final CallThreads threads;
  private final Supplier<WireFaults> faults;

  public ChannelMessages(
      SimulatedSwitch model,
      ApplicationRunner applications,
      History history,
      CallThreads threads,
      Supplier<WireFaults> faults) {
    this.model = model;
    this.applications = applications;
    this.history = history;
    this.threads = threads;
    this.faults = faults;
  }

  SentMessage message(Optional<String> channel, WireCommand command, boolean inItsThread) {
    Optional<ChannelState> found = channel.flatMap(model::channel);
    if (found.isEmpty()) {
      boolean lingers = channel.isPresent() && history.cause(channel.get()).isPresent();
      return new SentMessage(
          lingers ? "+OK" : "-ERR invalid session id [" + channel.orElse("") + "]", () -> {});
    }
    return new SentMessage("+OK", () -> act(found.get(), command, inItsThread));
  }

  private void act(ChannelState channel, WireCommand command, boolean inItsThread) {
    switch (command.header("call-command").orElse("")) {
      case "execute" -> execute(channel, command, inItsThread);
      case "hangup" ->
          model.hangUpInTurn(
              channel.uuid(),
              HangupCause.of(command.header("hangup-cause").orElse("NORMAL_CLEARING")));
      default -> LOG.debug("ignoring a sendmsg with an unknown call-command: {}", command.line());
    }
  }

  private void execute(ChannelState channel, WireCommand command, boolean inItsThread) {
    Optional<String> name = command.header("execute-app-name");
    if (name.isEmpty()) {
      return;
    }
    String data = command.header("execute-app-arg").orElse(command.body());
    Optional<ApplicationRunner.Prepared> prepared =
        applications.prepare(
            channel,
            new ApplicationRunner.Request(
                command.header("event-uuid").orElseGet(() -> UUID.randomUUID().toString()),
                name.get(),
                data,
                command.header("event-lock").filter("true"::equals).isPresent(),
                command.header("loops").map(CNumber::of).orElse(1)));
    if (prepared.isEmpty()) {
      applications.refuse(channel);
      return;
    }
    Execution execution = prepared.get().execution();
    Function<ChannelState, Application> atStart = prepared.get().atStart();
    if (faults.get().refusesJoins() && execution.what() instanceof Application.Join) {
      // As with a full room, the application ends at once, without an event.
      Application nothing = new Application.Assign(Map.of());
      execution = execution.with(nothing);
      atStart = state -> nothing;
    }
    if (inItsThread) {
      carryOut(channel.uuid(), execution, prepared.get().then());
    } else {
      model.send(channel.uuid(), execution, atStart);
      prepared.get().then().run();
    }
  }

  /** Executes an application and blocks the call's own thread until the application has ended. */
  private void carryOut(String channel, Execution execution, Runnable then) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    model.execute(
        channel,
        execution,
        () -> {
          threads.activity().busy(true);
          done.complete(true);
        });
    then.run();
    threads.activity().busy(false);
    boolean ended = threads.waits().await(done, APPLICATION_TIMEOUT);
    LOG.debug(
        "application {} on channel {}: {}",
        execution.name(),
        channel,
        ended ? "ended" : "timed out");
  }
}
