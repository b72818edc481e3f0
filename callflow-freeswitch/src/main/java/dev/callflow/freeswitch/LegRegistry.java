package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The legs that are here now, by their ids. Safe for use by any thread. */
final class LegRegistry {

  private final Map<CallId, FreeSwitchLeg> legs = new ConcurrentHashMap<>();

  void add(FreeSwitchLeg leg) {
    legs.put(leg.id(), leg);
  }

  /** A later leg may have the id by now, if FreeSWITCH has transferred the call back to us. */
  void remove(FreeSwitchLeg leg) {
    legs.remove(leg.id(), leg);
  }

  Optional<FreeSwitchLeg> find(CallId id) {
    return Optional.ofNullable(legs.get(id));
  }
}
