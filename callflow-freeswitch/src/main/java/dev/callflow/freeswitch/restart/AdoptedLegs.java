package dev.callflow.freeswitch.restart;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.time.Inbox;
import dev.callflow.esl.message.EslEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The adopted members of rooms, by their legs. Safe for use by any thread. */
public final class AdoptedLegs {

  private static final HangupCause RESTARTED = HangupCause.of("SYSTEM_SHUTDOWN");

  /** The capacity that the inbox of a leg needs. */
  public static final int MAX_EVENTS = 500;

  private final Map<CallId, AdoptedLeg> legs = new ConcurrentHashMap<>();

  /** Sends commands on the control connection. */
  public interface Control {

    /**
     * Sends a command and does not wait for its result.
     *
     * @param command the command
     * @param arguments its arguments
     */
    void post(String command, String arguments);
  }

  /** Creates a register without legs. */
  public AdoptedLegs() {}

  /**
   * Adopts a member.
   *
   * @param room the room that they are in
   * @param data the channel's data
   * @param inbox receives the leg's events
   * @param control sends commands
   * @param positions signs the leg's positions
   * @return the leg; empty if it has been adopted already
   */
  public Optional<Leg> adopt(
      RoomId room, EslEvent data, Inbox<LegEvent> inbox, Control control, Positions positions) {
    CallId id = new CallId(data.uuid().orElse(""));
    AdoptedLeg leg = new AdoptedLeg(id, room, data, inbox, control, positions);
    return legs.putIfAbsent(id, leg) == null ? Optional.of(leg) : Optional.empty();
  }

  /**
   * Returns whether a leg is an adopted one.
   *
   * @param id the leg
   * @return whether it is
   */
  public boolean has(CallId id) {
    return legs.containsKey(id);
  }

  /**
   * Returns a variable that an adopted leg had when it was adopted.
   *
   * @param id the leg
   * @param name the variable
   * @return its value; empty if there is none
   */
  public Optional<String> variable(CallId id, String name) {
    return Optional.ofNullable(legs.get(id)).flatMap(leg -> leg.variable(name));
  }

  /**
   * Ends the stay of a leg that has a connection of its own again, perhaps before the room reports
   * that it left.
   *
   * @param id the leg
   */
  public void cameBack(CallId id) {
    AdoptedLeg leg = legs.remove(id);
    if (leg != null) {
      leg.left();
    }
  }

  /**
   * Passes on an event of the control connection if it concerns an adopted member.
   *
   * @param event the event
   */
  public void event(EslEvent event) {
    if (legs.isEmpty()) {
      return;
    }
    Optional<AdoptedLeg> leg = event.uuid().map(CallId::new).map(legs::get);
    if (event.is("DTMF")) {
      leg.ifPresent(it -> it.pressed(event));
    } else if (event.header("Action").filter("del-member"::equals).isPresent()) {
      leg.filter(it -> legs.remove(it.id(), it)).ifPresent(it -> it.left(event));
    }
  }

  /**
   * Ends a leg whose channel no longer exists.
   *
   * @param id the leg
   */
  public void end(CallId id) {
    AdoptedLeg leg = legs.remove(id);
    if (leg != null) {
      leg.end(RESTARTED);
    }
  }

  /**
   * Returns the adopted legs.
   *
   * @return their ids
   */
  public Set<CallId> ids() {
    return Set.copyOf(legs.keySet());
  }

  /** Ends all legs because FreeSWITCH has restarted. */
  public void endAll() {
    legs.keySet().forEach(this::end);
  }
}
