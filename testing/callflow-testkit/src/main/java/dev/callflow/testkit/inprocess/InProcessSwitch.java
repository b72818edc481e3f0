package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Connects an engine to a simulated switch in the same process: provides a {@link Leg} for each
 * channel, and the {@link Mixer}.
 *
 * <p>The switch identifies media by {@link dev.callflow.core.call.Media#name}. Thread-safe.
 */
public final class InProcessSwitch {

  private final SimulatedSwitch model;
  private final TimeSource time;
  private final Dialler dialler;
  private final SimulatedMixer mixer;
  private final Map<String, SimulatedLeg> legs = new ConcurrentHashMap<>();
  private final Map<String, Runnable> ends = new ConcurrentHashMap<>();

  /**
   * Connects to a simulated switch.
   *
   * @param model the simulated switch
   * @param time the time source of the legs' event queues
   */
  public InProcessSwitch(SimulatedSwitch model, TimeSource time) {
    this.model = model;
    this.time = time;
    this.dialler = new Dialler(model, time, this::leg);
    this.mixer = new SimulatedMixer(model, dialler, legs);
    follow();
  }

  /**
   * Returns the mixer.
   *
   * @return the mixer; the same object each time
   */
  public Mixer mixer() {
    return mixer;
  }

  /**
   * Sets the parties that rooms can dial; by default there are none.
   *
   * @param parties decides how each dialled party behaves
   * @return this
   */
  public InProcessSwitch farEnds(FarEnds parties) {
    dialler.farEnds(parties);
    return this;
  }

  /**
   * Takes control of a channel. From now on, the channel's events go to the new leg.
   *
   * @param channel the channel's id
   * @return a new leg for the channel
   */
  public Leg leg(CallId channel) {
    SimulatedLeg leg = new SimulatedLeg(channel, model, time);
    legs.put(channel.value(), leg);
    return leg;
  }

  /**
   * Returns the conference that a room on the switch belongs to.
   *
   * @param room a room that was created through the mixer
   * @return the id of the conference
   */
  public RoomId room(SimRoomState room) {
    return SwitchNames.room(room.name());
  }

  /**
   * Connects this switch to other switches.
   *
   * @param trunks the lines between the switches
   * @param address the address at which the others reach this switch
   * @return this
   */
  public InProcessSwitch connect(Trunks trunks, String address) {
    trunks.connect(address, new Arrivals());
    mixer.trunks(trunks);
    return this;
  }

  /** Accepts calls from other switches. */
  private final class Arrivals implements Trunks.Arrivals {

    @Override
    public boolean arrives(
        Bridge bridge, String number, String name, Runnable whenGone, CallId far) {
      Optional<Consumer<Leg>> expected = mixer.expected(bridge.token());
      expected.ifPresent(arrived -> {
        ends.put(far.value(), whenGone);
        model.arrive(new NewChannel(far.value(), number, name, "conference", "", Map.of()));
        arrived.accept(leg(far));
      });
      return expected.isPresent();
    }

    @Override
    public void lineEnds(CallId far) {
      model.hangUp(far.value(), EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
    }
  }

  /**
   * Subscribes the mixer, the dialler and the leg, in the order in which each event must reach
   * them.
   */
  private void follow() {
    model.listen(SwitchEvent.OfRoom.class, mixer::happened);
    dialler.follow();
    onLeg(SwitchEvent.KeyPressed.class, (leg, it) -> leg.pressed(it.key()));
    onLeg(SwitchEvent.PlaybackEnded.class, SimulatedLeg::playbackEnded);
    onLeg(SwitchEvent.RecordEnded.class, SimulatedLeg::recordEnded);
    onLeg(SwitchEvent.ExecutionEnded.class, SimulatedLeg::executionEnded);
    onLeg(SwitchEvent.Transferred.class, (leg, it) -> leg.transferred());
    onLeg(SwitchEvent.Gone.class, SimulatedLeg::gone);
    model.listen(
        SwitchEvent.MemberAdded.class,
        it -> leg(it.member().channel()).ifPresent(leg -> leg.entered(it)));
    model.listen(SwitchEvent.Gone.class, it -> gone(it.channel().uuid()));
  }

  private <E extends SwitchEvent.OfChannel> void onLeg(
      Class<E> type, BiConsumer<SimulatedLeg, E> change) {
    model.listen(type, it -> leg(it.channel()).ifPresent(leg -> change.accept(leg, it)));
  }

  private Optional<SimulatedLeg> leg(ChannelState channel) {
    return Optional.ofNullable(legs.get(channel.uuid()));
  }

  private void gone(String channel) {
    legs.remove(channel);
    Runnable end = ends.remove(channel);
    if (end != null) {
      end.run();
    }
    mixer.gone(new CallId(channel));
  }
}
