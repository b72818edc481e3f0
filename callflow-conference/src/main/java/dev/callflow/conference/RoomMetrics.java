package dev.callflow.conference;

import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.sequence.InOrder;

/**
 * Passes the counts of rooms on, on a thread of its own, so that neither the callers whose threads
 * let the effects of rooms out nor the mixer's connection wait for the recorder.
 */
record RoomMetrics(ConferenceMetrics recorder, InOrder<String> thread)
    implements ConferenceMetrics {

  private void pass(Runnable count) {
    thread.add("rooms", count);
  }

  @Override
  public void rooms(int change) {
    pass(() -> recorder.rooms(change));
  }

  @Override
  public void participants(int change) {
    pass(() -> recorder.participants(change));
  }

  @Override
  public void seats(int change) {
    pass(() -> recorder.seats(change));
  }

  @Override
  public void repaired(RepairCause cause) {
    pass(() -> recorder.repaired(cause));
  }

  @Override
  public void recording(Recording stage) {
    pass(() -> recorder.recording(stage));
  }
}
