package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.esl.message.EslEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The adopted members of rooms, by their legs. Safe for use by any thread. */
final class AdoptedLegs {

  private static final HangupCause RESTARTED = HangupCause.of("SYSTEM_SHUTDOWN");

  private final Map<CallId, AdoptedLeg> legs = new ConcurrentHashMap<>();

  boolean add(AdoptedLeg leg) {
    return legs.putIfAbsent(leg.id(), leg) == null;
  }

  Optional<AdoptedLeg> find(CallId id) {
    return Optional.ofNullable(legs.get(id));
  }

  /** The leg has a connection of its own again, perhaps before the room reports that it left. */
  void cameBack(CallId id) {
    AdoptedLeg leg = legs.remove(id);
    if (leg != null) {
      leg.left();
    }
  }

  /** Passes on an event of the control connection that concerns an adopted member. */
  void event(EslEvent event) {
    if (legs.isEmpty()) {
      return;
    }
    Optional<AdoptedLeg> leg = event.uuid().map(CallId::new).flatMap(this::find);
    if (event.is("DTMF")) {
      leg.ifPresent(it -> it.pressed(event));
    } else if (event.header("Action").filter("del-member"::equals).isPresent()) {
      leg.filter(it -> legs.remove(it.id(), it)).ifPresent(it -> it.left(event));
    }
  }

  /** Ends a leg whose channel no longer exists. */
  void end(CallId id) {
    AdoptedLeg leg = legs.remove(id);
    if (leg != null) {
      leg.end(RESTARTED);
    }
  }

  Set<CallId> ids() {
    return Set.copyOf(legs.keySet());
  }

  void endAll() {
    legs.keySet().forEach(this::end);
  }
}
