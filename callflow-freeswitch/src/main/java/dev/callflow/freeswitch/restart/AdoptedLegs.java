package dev.callflow.freeswitch.restart;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.time.Inbox;
import dev.callflow.esl.message.EslEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the legs of adopted members. Safe for use by any thread. */
public final class AdoptedLegs {

  private static final HangupCause RESTARTED = HangupCause.of("SYSTEM_SHUTDOWN");

  /** The capacity to use for the inbox of a leg. */
  public static final int MAX_EVENTS = 500;

  private final Map<CallId, AdoptedLeg> legs = new ConcurrentHashMap<>();

  /** Sends commands over the control connection. */
  public interface Control {

    /**
     * Sends a command without waiting for its result.
     *
     * @param command the command
     * @param arguments its arguments
     */
    void post(String command, String arguments);
  }

  /** Starts without any legs. */
  public AdoptedLegs() {}

  /**
   * Adopts a member.
   *
   * @param room the room that they are in
   * @param data the channel's data
   * @param inbox the inbox that receives the leg's events
   * @param control sends the leg's commands
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
   * Returns whether a leg is adopted.
   *
   * @param id the leg's id
   * @return whether the leg is adopted
   */
  public boolean has(CallId id) {
    return legs.containsKey(id);
  }

  /**
   * Returns the value that a variable of a leg had when the leg was adopted.
   *
   * @param id the leg's id
   * @param name the name of the variable
   * @return the value; empty if the leg is not adopted or did not have the variable
   */
  public Optional<String> variable(CallId id, String name) {
    return Optional.ofNullable(legs.get(id)).flatMap(leg -> leg.variable(name));
  }

  /**
   * Ends the stay of a leg that has come back on a connection of its own, perhaps before the room
   * reports that its member has left.
   *
   * @param id the leg's id
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
   * @param id the leg's id
   */
  public void end(CallId id) {
    AdoptedLeg leg = legs.remove(id);
    if (leg != null) {
      leg.end(EndedBy.SWITCH, RESTARTED);
    }
  }

  /**
   * Returns the ids of the adopted legs.
   *
   * @return the ids
   */
  public Set<CallId> ids() {
    return Set.copyOf(legs.keySet());
  }

  /** Ends all legs because FreeSWITCH has restarted. */
  public void endAll() {
    legs.keySet().forEach(this::end);
  }
}
