package dev.callflow.conference;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the observers what a caller is, as soon as that is decided. */
final class Recognised implements AdmissionStep {

  private static final Logger LOG = LoggerFactory.getLogger(Recognised.class);

  private final List<ConferenceObserver> observers;

  Recognised(List<ConferenceObserver> observers) {
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
