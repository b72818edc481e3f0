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
 * Keeps track of adopted members until they have left their room and their leg has come back to
 * continue their callflow. Safe for use by any thread.
 */
public final class Returning {

  /** The leg may come back before the room reports that the member has left. */
  private static final Duration DEPARTURE_TIMEOUT = Duration.ofSeconds(5);

  /** Longer than the 30 seconds for which the dialplan keeps trying to reach the host. */
  private static final Duration RETURN_TIMEOUT = Duration.ofSeconds(40);

  /**
   * How an adopted member left their room.
   *
   * @param outcome the outcome of the visit
   * @param seat their seat, which they keep on the way to the next room if they are being moved
   * @param held what must be released when the visit is over
   */
  public record Visit(ConferenceOutcome outcome, SeatLease seat, Held held) {}

  private final TimeSource time;
  private final Map<CallId, Inbox<Visit>> visits = new ConcurrentHashMap<>();

  public Returning(TimeSource time) {
    this.time = time;
  }

  /** Registers an adopted member; returns false if they are already registered. */
  public boolean begin(CallId call) {
    return visits.putIfAbsent(call, time.inbox(1)) == null;
  }

  /**
   * Records how a member left their room; does not wait for their leg to come back.
   *
   * @param abandoned the action to run if the leg does not come back in time
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

  /** Removes a member who will not come back. */
  public void gone(CallId call) {
    visits.remove(call);
  }

  /**
   * Returns the visit of a member whose leg has come back; waits up to five seconds for the room to
   * report that they have left. Returns empty if it does not, or if the member was not adopted.
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
