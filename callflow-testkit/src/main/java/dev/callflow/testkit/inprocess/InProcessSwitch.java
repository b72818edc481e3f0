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
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Gives an engine the ports of a simulated switch: a {@link Leg} for each channel, and the {@link
 * Mixer}.
 *
 * <p>Media are known to the switch by {@link dev.callflow.core.call.Media#name}. Safe for use by
 * any thread.
 */
public final class InProcessSwitch {

  private final SimulatedSwitch model;
  private final TimeSource time;
  private final Dialler dialler;
  private final SimulatedMixer mixer;
  private final Map<String, SimulatedLeg> legs = new ConcurrentHashMap<>();
  private final Map<String, Runnable> ends = new ConcurrentHashMap<>();

  /**
   * Puts the face on a switch.
   *
   * @param model the switch
   * @param time how legs' events are waited for
   */
  public InProcessSwitch(SimulatedSwitch model, TimeSource time) {
    this.model = model;
    this.time = time;
    this.dialler = new Dialler(model, time, this::leg);
    this.mixer = new SimulatedMixer(model, dialler, legs);
    model.listen(this::happened);
  }

  /**
   * Returns the mixer.
   *
   * @return the same mixer each time
   */
  public Mixer mixer() {
    return mixer;
  }

  /**
   * Says who is at the far end of calls that rooms place; nobody unless said.
   *
   * @param who decides for each call
   * @return this
   */
  public InProcessSwitch farEnds(FarEnds who) {
    dialler.farEnds(who);
    return this;
  }

  /**
   * Takes charge of a channel; its events go to the new leg from now on.
   *
   * @param channel the channel
   * @return a new leg for it
   */
  public Leg leg(CallId channel) {
    SimulatedLeg leg = new SimulatedLeg(channel, model, time);
    legs.put(channel.value(), leg);
    return leg;
  }

  /**
   * Tells which conference a room of the switch is.
   *
   * @param room a room that was created through the mixer
   * @return the conference
   */
  public RoomId room(SimRoomState room) {
    return mixer.id(room.name());
  }

  void trunks(Trunks lines) {
    mixer.trunks(lines);
  }

  boolean arrives(Bridge way, String number, String name, Runnable whenGone, CallId far) {
    Optional<Consumer<Leg>> expected = mixer.expected(way.token());
    expected.ifPresent(arrived -> {
      ends.put(far.value(), whenGone);
      model.arrive(new NewChannel(far.value(), number, name, "conference", "", Map.of()));
      arrived.accept(leg(far));
    });
    return expected.isPresent();
  }

  void lineEnds(CallId far) {
    model.hangUp(far.value(), EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
  }

  private void happened(SwitchEvent event) {
    mixer.happened(event);
    dialler.happened(event);
    switch (event) {
      case SwitchEvent.OfChannel of -> tell(of.channel().uuid(), event);
      case SwitchEvent.MemberAdded(var room, var member) -> tell(member.channel().uuid(), event);
      case SwitchEvent.OfRoom other -> {}
    }
    if (event instanceof SwitchEvent.Gone gone) {
      legs.remove(gone.channel().uuid());
      Runnable end = ends.remove(gone.channel().uuid());
      if (end != null) {
        end.run();
      }
      mixer.gone(new CallId(gone.channel().uuid()));
    }
  }

  private void tell(String channel, SwitchEvent event) {
    SimulatedLeg leg = legs.get(channel);
    if (leg != null) {
      leg.happened(event, mixer);
    }
  }
}
