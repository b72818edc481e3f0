package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.core.call.CallId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lines between simulated switches. Over them, a leg on one switch can join a room on another.
 */
public final class Trunks {

  /** The side of a switch that receives calls from other switches. */
  interface Arrivals {

    /** Accepts a call from another switch; returns false if the call is not expected. */
    boolean arrives(Bridge bridge, String number, String name, Runnable whenGone, CallId far);

    /** Hangs up the local end of a line because the other end has hung up. */
    void lineEnds(CallId far);
  }

  private final Map<String, Arrivals> switches = new ConcurrentHashMap<>();

  /** Creates a set of lines to which no switch is connected yet. */
  public Trunks() {}

  void connect(String address, Arrivals target) {
    switches.put(address, target);
  }

  /** Calls another switch; returns false if no switch has the address or it refuses the call. */
  boolean call(Bridge bridge, String number, String name, Runnable whenGone, CallId far) {
    Arrivals target = switches.get(bridge.address());
    return target != null && target.arrives(bridge, number, name, whenGone, far);
  }

  void hangUp(String address, CallId far) {
    Arrivals target = switches.get(address);
    if (target != null) {
      target.lineEnds(far);
    }
  }
}
