package dev.callflow.conference.admission;

import dev.callflow.conference.observe.ConferenceObserver;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the observers what a caller is, as soon as that is decided. */
public final class AnnounceRole implements AdmissionStep {

  private static final Logger LOG = LoggerFactory.getLogger(AnnounceRole.class);

  private final List<ConferenceObserver> observers;

  public AnnounceRole(List<ConferenceObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  @Override
  public Optional<Refusal> take(Visit visit) {
    for (ConferenceObserver observer : observers) {
      try {
        observer.recognised(visit.call().id(), visit.room(), visit.moderator);
      } catch (RuntimeException e) {
        LOG.error("an observer of conferences failed", e);
      }
    }
    return Optional.empty();
  }
}
