package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Bridges legs to rooms on other switches, and takes the legs that other switches bridge here. */
final class FreeSwitchTrunk {

  /** A bridge rings for twenty seconds at most. */
  private static final Duration BRIDGE_TIMEOUT = Duration.ofSeconds(30);

  private final LegRegistry legs;
  private final DialStrings dialStrings;
  private final TimeSource time;
  private final Map<String, Consumer<Leg>> expected = new ConcurrentHashMap<>();

  FreeSwitchTrunk(LegRegistry legs, DialStrings dialStrings, TimeSource time) {
    this.legs = legs;
    this.dialStrings = dialStrings;
    this.time = time;
  }

  boolean has(CallId leg) {
    return legs.find(leg).isPresent();
  }

  void bridge(CallId call, RoomId room, Bridge way) {
    legs.find(call).ifPresent(leg -> leg.bridge(room, dialStrings.bridge(way)));
  }

  void bridged(CallId call, RoomSignal.Entered entered) {
    legs.find(call).ifPresent(leg -> leg.bridged(entered));
  }

  void expect(String token, Consumer<Leg> arrived) {
    expected.put(token, arrived);
    time.after(BRIDGE_TIMEOUT, "bridge-expected", () -> expected.remove(token));
  }

  /** Hands over a leg from another switch; false if nobody waits for it. */
  boolean arrived(String token, Leg leg) {
    Consumer<Leg> arrived = expected.remove(token);
    if (arrived != null) {
      arrived.accept(leg);
    }
    return arrived != null;
  }
}
