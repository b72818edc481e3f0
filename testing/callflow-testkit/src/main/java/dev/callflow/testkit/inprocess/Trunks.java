package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.core.call.CallId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The lines between simulated switches: by them a leg of one reaches a room of another. */
public final class Trunks {

  /** A switch that can be reached. */
  interface Arrivals {

    /** Lets a call arrive; false if nobody expects it. */
    boolean arrives(Bridge way, String number, String name, Runnable whenGone, CallId far);

    /** The other end of a line has gone. */
    void lineEnds(CallId far);
  }

  private final Map<String, Arrivals> switches = new ConcurrentHashMap<>();

  /** Makes lines that lead nowhere yet. */
  public Trunks() {}

  void connect(String address, Arrivals reached) {
    switches.put(address, reached);
  }

  /** Lets a call arrive at the other switch; false if there is none. */
  boolean call(Bridge way, String number, String name, Runnable whenGone, CallId far) {
    Arrivals reached = switches.get(way.address());
    return reached != null && reached.arrives(way, number, name, whenGone, far);
  }

  void hangUp(String address, CallId far) {
    Arrivals reached = switches.get(address);
    if (reached != null) {
      reached.lineEnds(far);
    }
  }
}
