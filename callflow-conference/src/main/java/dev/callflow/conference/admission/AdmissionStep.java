package dev.callflow.conference.admission;

import java.util.Optional;

/** One step on a caller's way into a room; they run in order, on the call's own thread. */
interface AdmissionStep {

  /**
   * Takes the step.
   *
   * @param visit the caller and what is known of him so far
   * @return why he does not get in; empty if he may go on
   */
  Optional<Refusal> take(Visit visit);
}
