package dev.callflow.conference.admission;

import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.visit.Guest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports a caller's role to the observers as soon as the role is decided. */
public final class AnnounceRole {

  private static final Logger LOG = LoggerFactory.getLogger(AnnounceRole.class);

  private final List<ConferenceObserver> observers;

  public AnnounceRole(List<ConferenceObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  /** Reports the role and returns the guest unchanged. */
  Guest announce(Guest guest) {
    for (ConferenceObserver observer : observers) {
      try {
        observer.roleDecided(guest.call().id(), guest.room(), guest.moderator());
      } catch (RuntimeException e) {
        LOG.error("a conference observer failed", e);
      }
    }
    return guest;
  }
}
