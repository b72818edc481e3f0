package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Leg;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The port to a switch's mixer, implemented by an adapter.
 *
 * <p>A mixer decides neither who may enter a room nor when the room ends. Implementations must be
 * safe for use by any thread. The default methods are for mixers that cannot dial, list their rooms
 * or bridge legs.
 */
public interface Mixer {

  /**
   * Returns whether the mixer can be used now.
   *
   * @return false while the link to the mixer is down
   */
  boolean available();

  /**
   * Returns whether the switch that runs a room can be used now. If it cannot, callers of that room
   * are refused.
   *
   * @param room the room
   * @return false while the link to one of several switches is down, and the room is bound to that
   *     switch
   */
  default boolean reachable(RoomId room) {
    return true;
  }

  /**
   * Starts adding a leg to a room, and creates the room if necessary; does not block. The result
   * arrives as a {@link RoomSignal} among the leg's events.
   *
   * @param leg the leg; it must be answered
   * @param room the room
   * @param entry how the leg joins
   */
  void enter(CallId leg, RoomId room, JoinOptions entry);

  /**
   * Executes a command; blocks for at most five seconds.
   *
   * @param room the room
   * @param command the command
   * @return the mixer's reply
   */
  MixerReply apply(RoomId room, MixerCommand command);

  /**
   * Requests the current state of a room; blocks for at most five seconds.
   *
   * @param room the room
   * @return the state, or a reply saying that there is no such room or that the mixer did not
   *     answer
   */
  SnapshotReply snapshot(RoomId room);

  /**
   * Lists the running rooms that belong to this application, including those created before the
   * application was restarted; blocks for at most five seconds.
   *
   * @return the rooms, or a reply saying that the mixer did not answer
   */
  default RoomsReply rooms() {
    return new RoomsReply.NoAnswer("this mixer cannot list its rooms");
  }

  /**
   * Creates an id for a leg that will be dialled.
   *
   * @return an id that no other leg has
   */
  default CallId newLeg() {
    return new CallId(UUID.randomUUID().toString());
  }

  /**
   * Places a call. Blocks until it is answered or has failed, but no longer than the ring timeout
   * plus five seconds.
   *
   * @param leg the id of the new leg; must not be in use
   * @param order the call to place
   * @return the answered leg, or the reason why there is none
   */
  default DialReply dial(CallId leg, DialOrder order) {
    return new DialReply.Unknown("this mixer cannot dial");
  }

  /**
   * Cancels a call that is being dialled; {@link #dial} then returns a failure. Does nothing if
   * there is no such call. Blocks for at most five seconds.
   *
   * @param leg the leg
   */
  default void cancel(CallId leg) {}

  /**
   * Takes control of a member of a room whose call was controlled by an earlier process; blocks for
   * at most five seconds. The member stays in the room. When they leave it without hanging up, the
   * switch hands their leg over again, as a call that continues at its position.
   *
   * @param member the member's leg
   * @param room the room that they are in
   * @return the member; empty if this process already controls their leg, or if the leg has no
   *     valid position
   */
  default Optional<AdoptedMember> adopt(CallId member, RoomId room) {
    return Optional.empty();
  }

  /**
   * Keeps settings of a conference with the call of a caller, for a later process ({@link #kept});
   * blocks for at most five seconds. They replace what was kept with the call before, and end with
   * the call. A mixer whose callers outside of rooms cannot be continued by a later process need
   * not keep anything.
   *
   * @param call the call
   * @param room the room of the conference; it need not be running
   * @param settings the settings as text; empty to remove them
   * @return the mixer's reply; {@link MixerReply.NotThere} if the call has ended
   */
  default MixerReply keep(CallId call, RoomId room, String settings) {
    return new MixerReply.Done();
  }

  /**
   * Returns what an earlier process kept with calls that still exist. A mixer lists it once, when
   * it can be used for the first time, and then nothing. Blocks while the mixer looks at its calls.
   *
   * @return what was kept, or a reply saying that the mixer did not answer
   */
  default KeptReply kept() {
    return new KeptReply.Listed(List.of());
  }

  /**
   * Returns whether a leg is on this mixer's switch.
   *
   * @param leg the leg
   * @return true if it is
   */
  default boolean has(CallId leg) {
    return true;
  }

  /**
   * Returns the switch that runs a room.
   *
   * @param room the room
   * @return the switch's name; empty if unknown
   */
  default String focus(RoomId room) {
    return "";
  }

  /**
   * Starts bridging a leg of this switch to a room on another switch; does not block. When the
   * bridge ends, the leg receives {@link RoomSignal.Left}.
   *
   * @param leg the leg; it must be answered
   * @param room the room
   * @param way the route to the other switch
   */
  default void bridge(CallId leg, RoomId room, Bridge way) {
    throw new UnsupportedOperationException("this mixer cannot bridge legs to other switches");
  }

  /**
   * Notifies a {@linkplain #bridge bridged} leg that it has entered its room.
   *
   * @param leg the leg
   * @param entered the signal for the leg
   */
  default void bridged(CallId leg, RoomSignal.Entered entered) {
    throw new UnsupportedOperationException("this mixer cannot bridge legs to other switches");
  }

  /**
   * Prepares to receive a leg that another switch bridges to this one; does not block.
   *
   * @param token the token that identifies the leg
   * @param arrived receives the unanswered leg on one of the mixer's threads; must not block
   */
  default void expect(String token, Consumer<Leg> arrived) {
    throw new UnsupportedOperationException("this mixer cannot accept legs from other switches");
  }

  /**
   * Subscribes to the events of all rooms.
   *
   * @param listener receives the events in order, on a single thread that belongs to the mixer;
   *     must not block
   */
  void listen(Consumer<MixerEvent> listener);
}
