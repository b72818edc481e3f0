package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Bridges legs to rooms on other switches, and accepts legs that other switches bridge here. */
final class FreeSwitchTrunk {

  /**
   * How long to wait for a leg from another switch; longer than the 20 s for which a bridge can
   * ring.
   */
  private static final Duration BRIDGE_TIMEOUT = Duration.ofSeconds(30);

  private final Function<CallId, Optional<FreeSwitchLeg>> legs;
  private final DialStrings dialStrings;
  private final TimeSource time;
  private final Map<String, Consumer<Leg>> expected = new ConcurrentHashMap<>();

  FreeSwitchTrunk(
      Function<CallId, Optional<FreeSwitchLeg>> legs, DialStrings dialStrings, TimeSource time) {
    this.legs = legs;
    this.dialStrings = dialStrings;
    this.time = time;
  }

  boolean has(CallId leg) {
    return legs.apply(leg).isPresent();
  }

  void bridge(CallId call, RoomId room, Bridge bridge) {
    legs.apply(call).ifPresent(leg -> leg.bridge(room, dialStrings.bridge(bridge)));
  }

  void bridged(CallId call, RoomSignal.Entered entered) {
    legs.apply(call).ifPresent(leg -> leg.bridged(entered));
  }

  void expect(String token, Consumer<Leg> arrived) {
    expected.put(token, arrived);
    time.after(BRIDGE_TIMEOUT, "bridge-expected", () -> expected.remove(token));
  }

  /**
   * Hands a leg from another switch to the room that expects it; returns false if there is no such
   * room.
   */
  boolean arrived(String token, Leg leg) {
    Consumer<Leg> arrived = expected.remove(token);
    if (arrived != null) {
      arrived.accept(leg);
    }
    return arrived != null;
  }
}
