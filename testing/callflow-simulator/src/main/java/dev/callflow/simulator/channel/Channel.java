package dev.callflow.simulator.channel;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.Timer;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A channel of the switch; used under the switch's lock only. */
public final class Channel {

  /** What a channel executes, as far as the channel acts on it. */
  interface Activity {

    /** A channel that executes nothing yet. */
    Activity NONE =
        new Activity() {
          @Override
          public void key(char key) {}

          @Override
          public void talking(boolean on) {}

          @Override
          public void cutAll() {}

          @Override
          public boolean cutWhatCanBe() {
            return true;
          }
        };

    /** The far end has pressed a key. */
    void key(char key);

    /** The far end has begun or stopped to talk. */
    void talking(boolean on);

    /** Ends everything because the channel goes elsewhere. */
    void cutAll();

    /**
     * Ends everything because the channel has ended, but for what its own thread has gone away to;
     * tells whether nothing is left.
     */
    boolean cutWhatCanBe();
  }

  private final SwitchLock lock;
  private final NewChannel born;
  private final boolean outbound;
  private final Instant created;
  private final Runnable gone;
  private Activity activity = Activity.NONE;
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
  private int memberNumber;

  /**
   * Creates a channel that executes nothing yet.
   *
   * @param gone is run when it has ended and nothing runs on it any more
   */
  public Channel(SwitchLock lock, NewChannel born, boolean outbound, Runnable gone) {
    this.lock = lock;
    this.born = born;
    this.outbound = outbound;
    this.gone = gone;
    this.created = lock.now();
    this.caller = new ChannelState.Party(born.callerNumber(), born.callerName());
    this.destination = born.destination();
    this.variables = born.variables();
  }

  void executes(Activity what) {
    activity = what;
  }

  public String uuid() {
    return born.uuid();
  }

  public boolean alive() {
    return phase != ChannelState.Phase.HUNG_UP;
  }

  public boolean answered() {
    return answeredAt != null;
  }

  public boolean talking() {
    return talking;
  }

  /** The number it has as a member, in every room; 0 until it first was in one. */
  public int memberNumber() {
    return memberNumber;
  }

  public void memberNumber(int number) {
    memberNumber = number;
  }

  public ChannelState state() {
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

  public void ring() {
    if (progressAt == null) {
      progressAt = lock.now();
    }
    lock.emit(new SwitchEvent.Rings(state()));
  }

  public void answer() {
    if (alive() && answeredAt == null) {
      phase = ChannelState.Phase.ANSWERED;
      answeredAt = lock.now();
      lock.emit(new SwitchEvent.Answered(state()));
      assign(Map.of("endpoint_disposition", "ANSWER"));
    }
  }

  /** What is set anew stands behind all others, as in FreeSWITCH. */
  public void assign(Map<String, String> values) {
    Map<String, String> changed = new LinkedHashMap<>(variables);
    values.forEach((name, value) -> {
      changed.remove(name);
      if (!value.isEmpty()) {
        changed.put(name, value);
      }
    });
    variables = changed;
  }

  public void press(char key) {
    if (alive()) {
      lock.emit(new SwitchEvent.KeyPressed(state(), key));
      activity.key(key);
    }
  }

  /** Makes the far end talk from now on, for so long. */
  public void talk(Duration length) {
    if (!alive()) {
      return;
    }
    if (silence != null) {
      silence.cancel();
    }
    silence = lock.after(length, "silence " + uuid(), () -> setTalking(false));
    setTalking(true);
  }

  private void setTalking(boolean on) {
    if (alive() && talking != on) {
      talking = on;
      activity.talking(on);
    }
  }

  /** A party that was called becomes the caller of what it executes. */
  public void turnRound() {
    ChannelState.Party before = caller;
    caller = callee;
    callee = before;
  }

  public void transfer(String to, boolean toApplications) {
    if (alive()) {
      redirect(to, toApplications);
      leave();
    }
  }

  /** Has it sent to an extension, or to applications themselves; it goes when it leaves. */
  public void redirect(String to, boolean toApplications) {
    redirected = destination;
    destination = to;
    transfers++;
    inline = toApplications;
  }

  /** Goes where it was sent. */
  public void leave() {
    activity.cutAll();
    lock.emit(new SwitchEvent.Transferred(state(), destination));
    if (inline && redirected != null) {
      destination = redirected;
      redirected = null;
    }
  }

  /** Hangs up by what it executes itself: what plays meanwhile takes that for its end. */
  public void hangUpItself(HangupCause why) {
    byItself = true;
    hangUp(EndedBy.ENGINE, why);
  }

  boolean endsByItself() {
    return byItself;
  }

  public void hangUp(EndedBy by, HangupCause why) {
    if (!alive()) {
      return;
    }
    phase = ChannelState.Phase.HUNG_UP;
    hungUpAt = lock.now();
    cause = why;
    if (silence != null) {
      silence.cancel();
    }
    endedBy = by;
    lock.emit(new SwitchEvent.HungUp(state(), by));
    leaveNothing();
  }

  /** Ends what it still executes, and is gone then. */
  void leaveNothing() {
    if (activity.cutWhatCanBe()) {
      gone.run();
      lock.emit(new SwitchEvent.Gone(state(), endedBy));
    }
  }
}
