package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The live legs, by id. Safe for use by any thread. */
final class LegRegistry {

  private final Map<CallId, FreeSwitchLeg> legs = new ConcurrentHashMap<>();

  void add(FreeSwitchLeg leg) {
    legs.put(leg.id(), leg);
  }

  /**
   * Removes a leg. A later leg with the same id, which exists if the call was transferred back to
   * us, is kept.
   */
  void remove(FreeSwitchLeg leg) {
    legs.remove(leg.id(), leg);
  }

  Optional<FreeSwitchLeg> find(CallId id) {
    return Optional.ofNullable(legs.get(id));
  }
}
