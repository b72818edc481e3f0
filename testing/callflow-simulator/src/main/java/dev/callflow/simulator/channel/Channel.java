package dev.callflow.simulator.channel;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.Timer;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SipEndpoint;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A channel of the switch. Guarded by the switch's lock. */
public final class Channel {

  /** The executions of a channel, as the channel sees them. */
  interface Activity {

    /** The activity of a channel that executes nothing yet. */
    Activity NONE =
        new Activity() {
          @Override
          public void key(char key) {}

          @Override
          public void talking(boolean on) {}

          @Override
          public void cutAll() {}

          @Override
          public boolean cutOnHangup() {
            return true;
          }
        };

    /** Handles a key pressed at the far end. */
    void key(char key);

    /** Handles the far end starting to talk or falling silent. */
    void talking(boolean on);

    /** Ends all applications because the channel is being transferred. */
    void cutAll();

    /**
     * Ends the applications of a channel that has hung up, from the innermost outwards, and stops
     * at the first one that occupies the channel's own thread.
     *
     * @return whether no application is left
     */
    boolean cutOnHangup();
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
  private ChannelState.Party callee;
  private int transfers;
  private boolean inline;
  private Map<String, String> variables;
  private ChannelState.Phase phase = ChannelState.Phase.RINGING;
  private @Nullable Instant progressAt;
  private @Nullable Instant earlyAt;
  private @Nullable Instant answeredAt;
  private @Nullable Instant hungUpAt;
  private @Nullable HangupCause cause;
  private EndedBy endedBy = EndedBy.SWITCH;
  private boolean byApplication;
  private boolean talking;
  private @Nullable Timer silence;
  private int memberNumber;

  /**
   * Creates a channel that executes nothing yet.
   *
   * @param gone runs when the channel has hung up and its last application has ended
   */
  public Channel(SwitchLock lock, NewChannel born, boolean outbound, Runnable gone) {
    this.lock = lock;
    this.born = born;
    this.outbound = outbound;
    this.gone = gone;
    this.created = lock.now();
    this.caller = new ChannelState.Party(born.callerNumber(), born.callerName());
    String calleeName = born.variables().getOrDefault("origination_callee_id_name", "");
    this.callee =
        new ChannelState.Party("default", calleeName.isEmpty() ? "Outbound Call" : calleeName);
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

  /**
   * Returns the channel's member number, which is the same in every room; 0 before the channel
   * first joins a room.
   */
  public int memberNumber() {
    return memberNumber;
  }

  public void memberNumber(int number) {
    memberNumber = number;
  }

  private String name() {
    return born.sip()
        .map(SipEndpoint::channelName)
        .orElseGet(() -> "loopback/" + born.destination() + (outbound ? "-a" : "-b"));
  }

  /** Returns where the channel's keys come from. */
  public SwitchEvent.KeySource keySource() {
    return born.sip().isPresent() ? SwitchEvent.KeySource.RTP : SwitchEvent.KeySource.UNKNOWN;
  }

  public ChannelState state() {
    return new ChannelState(
        born.uuid(),
        name(),
        outbound,
        born.sip(),
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
        earlyAt,
        answeredAt,
        hungUpAt,
        cause,
        variables);
  }

  /** Signals ringing, unless the far end already hears more than that. */
  public void ring() {
    if (phase == ChannelState.Phase.RINGING && progressAt == null) {
      progressAt = lock.now();
      lock.emit(new SwitchEvent.Rings(state()));
    }
  }

  /** Starts early media, unless they have started or the channel has been answered. */
  public void preAnswer() {
    if (phase == ChannelState.Phase.RINGING) {
      phase = ChannelState.Phase.EARLY;
      earlyAt = lock.now();
      assign(Map.of("endpoint_disposition", "EARLY MEDIA"));
      lock.emit(new SwitchEvent.EarlyMedia(state()));
    }
  }

  public void answer() {
    if (alive() && answeredAt == null) {
      phase = ChannelState.Phase.ANSWERED;
      answeredAt = lock.now();
      lock.emit(new SwitchEvent.Answered(state()));
      assign(Map.of("endpoint_disposition", "ANSWER"));
    }
  }

  /** Sets variables; as in FreeSWITCH, a variable that is set again moves to the end. */
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

  public void press(char key, Duration length, SwitchEvent.KeySource source) {
    if (alive()) {
      lock.emit(new SwitchEvent.KeyPressed(state(), key, length, source));
      activity.key(key);
    }
  }

  /** Makes the far end talk for the given time, starting now. */
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

  /**
   * Swaps the caller and the callee, as FreeSWITCH does when a dialled party starts executing
   * applications.
   */
  public void swapParties() {
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

  /**
   * Sets the extension, or the inline applications, to which the channel goes when it {@link #leave
   * leaves}.
   */
  public void redirect(String to, boolean toApplications) {
    redirected = destination;
    destination = to;
    transfers++;
    inline = toApplications;
  }

  /** Ends all applications and goes to the destination set by {@link #redirect}. */
  public void leave() {
    activity.cutAll();
    lock.emit(new SwitchEvent.Transferred(state(), destination));
    if (inline && redirected != null) {
      destination = redirected;
      redirected = null;
    }
  }

  /**
   * Hangs up on behalf of one of the channel's own applications. A playback that is running at that
   * moment ends as if the file had been played to the end.
   */
  public void hangUpFromApplication(HangupCause why) {
    byApplication = true;
    hangUp(EndedBy.ENGINE, why);
  }

  boolean hungUpByApplication() {
    return byApplication;
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
    endRemaining();
  }

  /** Ends the remaining applications; removes the channel once none of them is left. */
  void endRemaining() {
    if (activity.cutOnHangup()) {
      gone.run();
      lock.emit(new SwitchEvent.Gone(state(), endedBy));
    }
  }
}
