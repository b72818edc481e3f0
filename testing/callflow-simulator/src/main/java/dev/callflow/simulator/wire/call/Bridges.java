package dev.callflow.simulator.wire.call;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.job.Jobs;
import dev.callflow.simulator.wire.text.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Carries out {@code bridge}: dials a party and bridges the two legs until one of them ends. */
public final class Bridges implements ApplicationRunner.Bridging {

  private static final int MAX_EXPORTS = 256;

  /**
   * The causes after which FreeSWITCH, by default, continues a call whose bridge has failed; any
   * other cause ends the call.
   */
  private static final Set<String> CONTINUES_AFTER =
      Set.of("NO_ANSWER", "NO_USER_RESPONSE", "ORIGINATOR_CANCEL");

  private record Tie(String execution, String peer) {}

  private final SimulatedSwitch model;
  private final Hooks hooks;
  private final Originate originate;
  private final Jobs jobs;
  private final Map<String, Tie> ties = new ConcurrentHashMap<>();
  private final Map<String, String> peers = new ConcurrentHashMap<>();

  public Bridges(SimulatedSwitch model, Hooks hooks, Originate originate, Jobs jobs) {
    this.model = model;
    this.hooks = hooks;
    this.originate = originate;
    this.jobs = jobs;
  }

  /** Starts listening for the end of bridges and of bridged legs. */
  public void follow() {
    model.listen(SwitchEvent.ExecutionEnded.class, this::executionEnded);
    model.listen(SwitchEvent.Gone.class, gone -> peerGone(gone.channel().uuid()));
  }

  @Override
  public void start(ChannelState channel, String execution, String dialString) {
    jobs.inBackground(() -> bridge(channel, execution, dialString));
  }

  @Override
  public void invite(ChannelState channel, String room, String dialString) {
    jobs.inBackground(() -> {
      Originate.Called called = call(channel, dialString);
      if (called.cause().isEmpty()) {
        originate.enter(called, room);
      }
    });
  }

  private Originate.Called call(ChannelState channel, String dialString) {
    return originate.call(
        dialString, channel.callerNumber(), channel.callerName(), exported(channel));
  }

  private void bridge(ChannelState channel, String execution, String dialString) {
    hooks.on(channel, "pre_originate");
    Originate.Called called = call(channel, dialString);
    if (!called.cause().isEmpty()) {
      failed(channel, execution, called.cause());
      return;
    }
    model.answer(channel.uuid());
    hooks.on(channel, "post_originate");
    hooks.on(channel, "pre_bridge");
    hooks.api(channel, "api_before_bridge");
    ties.put(channel.uuid(), new Tie(execution, called.uuid()));
    peers.put(called.uuid(), channel.uuid());
    if (model.channel(channel.uuid()).isEmpty()) {
      left(channel.uuid());
    } else if (model.channel(called.uuid()).isEmpty()) {
      peerGone(called.uuid());
    }
  }

  private void failed(ChannelState channel, String execution, String cause) {
    model.assign(channel.uuid(), Map.of("originate_failed_cause", cause));
    String continueOnFail = channel.variable("continue_on_fail").orElse("");
    boolean stays =
        continueOnFail.isEmpty()
            ? CONTINUES_AFTER.contains(cause)
            : continueOnFail.equals("true")
                || Words.of(continueOnFail, ',', MAX_EXPORTS).contains(cause);
    if (!stays) {
      model.hangUp(channel.uuid(), EndedBy.SWITCH, new HangupCause(cause));
    }
    model.finish(channel.uuid(), execution, "_none_");
  }

  private static Map<String, String> exported(ChannelState channel) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : Words.of(channel.variable("export_vars").orElse(""), ',', MAX_EXPORTS)) {
      channel
          .variable(name)
          .ifPresent(value -> variables.put(name.replaceFirst("^(nolocal:|_nolocal_)", ""), value));
    }
    return variables;
  }

  private void executionEnded(SwitchEvent.ExecutionEnded ended) {
    ChannelState channel = ended.channel();
    Tie tie = ties.get(channel.uuid());
    if (tie != null && tie.execution().equals(ended.execution().id())) {
      left(channel.uuid());
      hooks.on(channel, "post_bridge");
      hooks.api(channel, "api_after_bridge");
    }
  }

  private void left(String channel) {
    Tie tie = ties.remove(channel);
    if (tie != null) {
      peers.remove(tie.peer());
      model.hangUp(tie.peer(), EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
    }
  }

  private void peerGone(String peer) {
    String channel = peers.remove(peer);
    Tie tie = channel == null ? null : ties.get(channel);
    if (channel != null && tie != null) {
      model.finish(channel, tie.execution(), "_none_");
    }
  }
}
