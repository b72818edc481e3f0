package dev.callflow.conference.visit;

import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The adopted members: until they leave their room, and then until their leg comes back to continue
 * its callflow. Safe for use by any thread.
 */
public final class Returning {

  /** The switch reports on one connection that a member has left, and brings the leg on another. */
  private static final Duration DEPARTURE_TIMEOUT = Duration.ofSeconds(5);

  /** The dialplan tries the host again for half a minute. */
  private static final Duration RETURN_TIMEOUT = Duration.ofSeconds(40);

  /**
   * How an adopted member left their room.
   *
   * @param outcome how they left
   * @param seat their seat, which leads to the next room if they are moved
   * @param held what must be given back when they are gone
   */
  public record Visit(ConferenceOutcome outcome, SeatLease seat, Held held) {}

  private final TimeSource time;
  private final Map<CallId, Inbox<Visit>> visits = new ConcurrentHashMap<>();

  public Returning(TimeSource time) {
    this.time = time;
  }

  /** Begins to stay with a member; returns false if they are known already. */
  public boolean begin(CallId call) {
    return visits.putIfAbsent(call, time.inbox(1)) == null;
  }

  /**
   * Waits, without blocking, for the leg of a member who has left their room.
   *
   * @param abandoned runs if the leg does not come back in time
   */
  public void left(CallId call, Visit visit, Runnable abandoned) {
    Inbox<Visit> inbox = visits.get(call);
    if (inbox == null || !inbox.offer(visit)) {
      abandoned.run();
      return;
    }
    time.after(
        RETURN_TIMEOUT,
        "return-" + call,
        () -> {
          if (visits.remove(call, inbox)) {
            abandoned.run();
          }
        });
  }

  /** The member will not come back: they have hung up. */
  public void gone(CallId call) {
    visits.remove(call);
  }

  /**
   * Takes over the visit of a leg that has come back; waits a moment for the room to report that
   * they left. Returns empty if nobody has stayed with them.
   */
  public Optional<Visit> take(CallId call) {
    Inbox<Visit> inbox = visits.get(call);
    if (inbox == null) {
      return Optional.empty();
    }
    try {
      Visit visit = inbox.poll(DEPARTURE_TIMEOUT);
      return visits.remove(call, inbox) ? Optional.ofNullable(visit) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
