package dev.callflow.conference.admission;

import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.CallId;
import java.util.Optional;
import java.util.function.Function;

/**
 * A caller's presence at the conference that they have reached. As long as it lasts, the conference
 * keeps the settings that operators make. Used by the caller's thread only.
 */
final class Arrival {

  private final Rooms rooms;
  private final CallerCopies copies;
  private Optional<Target> reached = Optional.empty();
  private boolean comesBack;

  Arrival(Rooms rooms, CallerCopies copies) {
    this.rooms = rooms;
    this.copies = copies;
  }

  /** Registers the caller with the conference, whose settings operators can change from now on. */
  void at(Target target) {
    reached = Optional.of(target);
    RoomId room = target.room();
    CallId call = target.call().id();
    rooms.arrive(room, call, target.call().incoming());
    copies.arrived(
        room, call, () -> rooms.ask(room, RoomState::settings).flatMap(Function.identity()));
  }

  /**
   * Called when the connection to the caller is lost. If they are outside, the conference expects
   * them back, and the settings stay with their call.
   */
  void connectionLost() {
    comesBack =
        reached
            .filter(target -> rooms.connectionLost(target.room(), target.call().id()))
            .isPresent();
  }

  /** Ends the caller's presence; does nothing if it has ended already. */
  void leave() {
    Optional<Target> left = reached;
    reached = Optional.empty();
    left.ifPresent(target -> {
      RoomId room = target.room();
      CallId call = target.call().id();
      rooms.tellAlways(room, state -> state.goAway(call));
      if (!comesBack) {
        // After the caller has gone away, so that no further settings are stored with the call.
        copies.left(room, call);
      }
    });
  }
}
