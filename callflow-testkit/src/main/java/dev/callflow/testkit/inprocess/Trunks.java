package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.core.call.CallId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The lines between simulated switches: by them a leg of one reaches a room of another. */
public final class Trunks {

  private final Map<String, InProcessSwitch> switches = new ConcurrentHashMap<>();

  /** Makes lines that lead nowhere yet. */
  public Trunks() {}

  /**
   * Connects a switch.
   *
   * @param address where the others reach it
   * @param reached the switch
   * @return this
   */
  public Trunks connect(String address, InProcessSwitch reached) {
    switches.put(address, reached);
    reached.trunks(this);
    return this;
  }

  /** Lets a call arrive at the other switch; false if there is none. */
  boolean call(Bridge way, String number, String name, Runnable whenGone, CallId far) {
    InProcessSwitch reached = switches.get(way.address());
    return reached != null && reached.arrives(way, number, name, whenGone, far);
  }

  void hangUp(String address, CallId far) {
    InProcessSwitch reached = switches.get(address);
    if (reached != null) {
      reached.lineEnds(far);
    }
  }
}
