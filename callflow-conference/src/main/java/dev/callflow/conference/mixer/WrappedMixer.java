package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Leg;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A mixer that delegates to another mixer. Implementations override the methods that they change.
 */
public interface WrappedMixer extends Mixer {

  /**
   * Returns the mixer to which the methods delegate.
   *
   * @return the wrapped mixer
   */
  Mixer mixer();

  @Override
  default boolean available() {
    return mixer().available();
  }

  @Override
  default boolean reachable(RoomId room) {
    return mixer().reachable(room);
  }

  @Override
  default void enter(CallId leg, RoomId room, JoinOptions entry) {
    mixer().enter(leg, room, entry);
  }

  @Override
  default MixerReply apply(RoomId room, MixerCommand command) {
    return mixer().apply(room, command);
  }

  @Override
  default SnapshotReply snapshot(RoomId room) {
    return mixer().snapshot(room);
  }

  @Override
  default RoomsReply rooms() {
    return mixer().rooms();
  }

  @Override
  default CallId newLeg() {
    return mixer().newLeg();
  }

  @Override
  default DialReply dial(CallId leg, DialOrder order) {
    return mixer().dial(leg, order);
  }

  @Override
  default void cancel(CallId leg) {
    mixer().cancel(leg);
  }

  @Override
  default Optional<AdoptedMember> adopt(CallId member, RoomId room) {
    return mixer().adopt(member, room);
  }

  @Override
  default MixerReply keep(CallId call, RoomId room, String settings) {
    return mixer().keep(call, room, settings);
  }

  @Override
  default KeptReply kept() {
    return mixer().kept();
  }

  @Override
  default boolean has(CallId leg) {
    return mixer().has(leg);
  }

  @Override
  default String focus(RoomId room) {
    return mixer().focus(room);
  }

  @Override
  default void bridge(CallId leg, RoomId room, Bridge way) {
    mixer().bridge(leg, room, way);
  }

  @Override
  default void bridged(CallId leg, RoomSignal.Entered entered) {
    mixer().bridged(leg, entered);
  }

  @Override
  default void expect(String token, Consumer<Leg> arrived) {
    mixer().expect(token, arrived);
  }

  @Override
  default void listen(Consumer<MixerEvent> listener) {
    mixer().listen(listener);
  }
}
