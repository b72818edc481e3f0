package dev.callflow.conference.admission;

import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.CallId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the outcome of each visit to the observers. */
public final class Outcomes {

  private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

  private final List<ConferenceObserver> observers;

  public Outcomes(List<ConferenceObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  public void report(CallId call, ConferenceOutcome outcome) {
    for (ConferenceObserver observer : observers) {
      try {
        observer.ended(call, outcome);
      } catch (RuntimeException e) {
        LOG.error("a conference observer failed", e);
      }
    }
  }
}
