package dev.callflow.simulator.model;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A channel of the switch; used inside the guard only. */
final class Channel {

  private final Guard guard;
  private final NewChannel born;
  private final boolean outbound;
  private final Instant created;
  private final Executions executions;
  private final Runnable gone;
  private String destination;
  private @Nullable String redirected;
  private ChannelState.Party caller;
  private ChannelState.Party callee = new ChannelState.Party("default", "Outbound Call");
  private int transfers;
  private boolean inline;
  private Map<String, String> variables;
  private ChannelState.Phase phase = ChannelState.Phase.RINGING;
  private @Nullable Instant progressAt;
  private @Nullable Instant answeredAt;
  private @Nullable Instant hungUpAt;
  private @Nullable HangupCause cause;
  private EndedBy endedBy = EndedBy.SWITCH;
  private boolean byItself;
  private boolean talking;
  private @Nullable Timer silence;

  /** The number it has as a member, in every room; 0 until it first was in one. */
  int memberNumber;

  Channel(Guard guard, World world, NewChannel born, boolean outbound) {
    this.guard = guard;
    this.born = born;
    this.outbound = outbound;
    this.created = guard.now();
    this.caller = new ChannelState.Party(born.callerNumber(), born.callerName());
    this.destination = born.destination();
    this.variables = born.variables();
    this.executions = new Executions(guard, world, this);
    this.gone = () -> world.channels().remove(born.uuid());
  }

  String uuid() {
    return born.uuid();
  }

  Executions executions() {
    return executions;
  }

  boolean alive() {
    return phase != ChannelState.Phase.HUNG_UP;
  }

  boolean answered() {
    return answeredAt != null;
  }

  boolean talking() {
    return talking;
  }

  ChannelState state() {
    return new ChannelState(
        born.uuid(),
        "loopback/" + born.destination() + (outbound ? "-a" : "-b"),
        outbound,
        caller.number(),
        caller.name(),
        callee,
        new ChannelState.Party(born.callerNumber(), born.callerName()),
        destination,
        redirected,
        transfers,
        inline,
        born.domain(),
        phase,
        created,
        progressAt,
        answeredAt,
        hungUpAt,
        cause,
        variables);
  }

  void ring() {
    if (progressAt == null) {
      progressAt = guard.now();
    }
    guard.emit(new SwitchEvent.Rings(state()));
  }

  void answer() {
    if (alive() && answeredAt == null) {
      phase = ChannelState.Phase.ANSWERED;
      answeredAt = guard.now();
      guard.emit(new SwitchEvent.Answered(state()));
      assign(Map.of("endpoint_disposition", "ANSWER"));
    }
  }

  /** What is set anew stands behind all others, as in FreeSWITCH. */
  void assign(Map<String, String> values) {
    Map<String, String> changed = new LinkedHashMap<>(variables);
    values.forEach((name, value) -> {
      changed.remove(name);
      if (!value.isEmpty()) {
        changed.put(name, value);
      }
    });
    variables = changed;
  }

  void press(char key) {
    if (alive()) {
      guard.emit(new SwitchEvent.KeyPressed(state(), key));
      executions.key(key);
    }
  }

  /** Makes the far end talk from now on, for so long. */
  void talk(Duration length) {
    if (!alive()) {
      return;
    }
    if (silence != null) {
      silence.cancel();
    }
    silence = guard.after(length, "silence " + uuid(), () -> setTalking(false));
    setTalking(true);
  }

  private void setTalking(boolean on) {
    if (alive() && talking != on) {
      talking = on;
      executions.talking(on);
    }
  }

  /** A party that was called becomes the caller of what it executes. */
  void turnRound() {
    ChannelState.Party before = caller;
    caller = callee;
    callee = before;
  }

  void transfer(String to, boolean toApplications) {
    if (alive()) {
      redirect(to, toApplications);
      leave();
    }
  }

  /** Has it sent to an extension, or to applications themselves; it goes when it leaves. */
  void redirect(String to, boolean toApplications) {
    redirected = destination;
    destination = to;
    transfers++;
    inline = toApplications;
  }

  /** Goes where it was sent. */
  void leave() {
    executions.cutAll();
    guard.emit(new SwitchEvent.Transferred(state(), destination));
    if (inline && redirected != null) {
      destination = redirected;
      redirected = null;
    }
  }

  /** Hangs up by what it executes itself: what plays meanwhile takes that for its end. */
  void hangUpItself(HangupCause why) {
    byItself = true;
    hangUp(EndedBy.ENGINE, why);
  }

  boolean endsByItself() {
    return byItself;
  }

  void hangUp(EndedBy by, HangupCause why) {
    if (!alive()) {
      return;
    }
    phase = ChannelState.Phase.HUNG_UP;
    hungUpAt = guard.now();
    cause = why;
    if (silence != null) {
      silence.cancel();
    }
    endedBy = by;
    guard.emit(new SwitchEvent.HungUp(state(), by));
    leaveNothing();
  }

  /** Ends what it still executes, and is gone then. */
  void leaveNothing() {
    if (executions.cutWhatCanBe()) {
      gone.run();
      guard.emit(new SwitchEvent.Gone(state(), endedBy));
    }
  }
}
