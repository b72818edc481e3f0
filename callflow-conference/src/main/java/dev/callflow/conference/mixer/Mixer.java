package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Leg;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The switch's mixer: the port that an adapter implements.
 *
 * <p>A mixer decides neither who may enter a room nor when it ends. Safe for use by any thread. A
 * mixer that cannot call out, or cannot list its rooms, leaves those methods as they are.
 */
public interface Mixer {

  /**
   * Tells whether the mixer can be used now.
   *
   * @return false while the link to it is down
   */
  boolean available();

  /**
   * Begins to put a leg into a room, creating the room if need be; does not block. What comes of it
   * arrives among the leg's events as {@link RoomSignal}.
   *
   * @param leg the leg; must be answered
   * @param room the room
   * @param entry how
   */
  void enter(CallId leg, RoomId room, JoinOptions entry);

  /**
   * Carries out a command; blocks for at most five seconds.
   *
   * @param room the room
   * @param command what to do
   * @return the mixer's answer
   */
  MixerReply apply(RoomId room, MixerCommand command);

  /**
   * Asks how a room is now; blocks for at most five seconds.
   *
   * @param room the room
   * @return its state, that it does not exist, or that no answer came
   */
  SnapshotReply snapshot(RoomId room);

  /**
   * Asks which rooms there are: those of us, also those that an earlier process of ours has opened;
   * blocks for at most five seconds.
   *
   * @return the rooms, or that no answer came
   */
  default RoomsReply rooms() {
    return new RoomsReply.NoAnswer("this mixer does not list its rooms");
  }

  /**
   * Makes a name for a leg that is to be dialled.
   *
   * @return an id that no other leg has
   */
  default CallId newLeg() {
    return new CallId(UUID.randomUUID().toString());
  }

  /**
   * Calls somebody, and hands over the leg when he answers; blocks until then, for as long as it
   * may ring and five seconds more at most.
   *
   * @param leg the name that the leg gets; not in use
   * @param order whom, and how
   * @return the answered leg, or why there is none
   */
  default DialReply dial(CallId leg, DialOrder order) {
    return new DialReply.Unknown("this mixer does not call out");
  }

  /**
   * Ends a call that is being dialled; {@link #dial} then answers that it has failed. Does nothing
   * if there is none. Blocks for at most five seconds.
   *
   * @param leg the leg
   */
  default void cancel(CallId leg) {}

  /**
   * Takes control of a member whom an earlier process has put into a room; blocks for at most five
   * seconds. The member stays in the room. When they leave it without hanging up, the switch brings
   * their leg back as a call that continues at a position.
   *
   * @param member the member's leg
   * @param room the room that they are in
   * @return the member; empty if this process has their leg already, or if no position was kept
   */
  default Optional<AdoptedMember> adopt(CallId member, RoomId room) {
    return Optional.empty();
  }

  /**
   * Tells whether a leg is on this mixer's switch.
   *
   * @param leg the leg
   * @return whether it is
   */
  default boolean has(CallId leg) {
    return true;
  }

  /**
   * Tells on which switch a room lives.
   *
   * @param room the room
   * @return the switch's name; empty if that is not known
   */
  default String focus(RoomId room) {
    return "";
  }

  /**
   * Begins to bridge a leg of this switch to a room on another one; does not block. Its end is told
   * to the leg as {@link RoomSignal.Left}.
   *
   * @param leg the leg; must be answered
   * @param room the room
   * @param way how to get there
   */
  default void bridge(CallId leg, RoomId room, Bridge way) {
    throw new UnsupportedOperationException("this mixer does not bridge legs to others");
  }

  /**
   * Tells a leg that was {@link #bridge bridged} that it is in its room.
   *
   * @param leg the leg
   * @param entered that it is
   */
  default void bridged(CallId leg, RoomSignal.Entered entered) {
    throw new UnsupportedOperationException("this mixer does not bridge legs to others");
  }

  /**
   * Waits for a leg that is bridged here from another switch; does not block.
   *
   * @param token by which it is known
   * @param arrived gets the leg, unanswered, on a thread of the port; must not block
   */
  default void expect(String token, Consumer<Leg> arrived) {
    throw new UnsupportedOperationException("this mixer takes no legs of others");
  }

  /**
   * Asks to be told everything that happens in all rooms.
   *
   * @param listener gets the events in order, on one thread of the port; must not block
   */
  void listen(Consumer<MixerEvent> listener);
}
