package dev.callflow.conference;

import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.sequence.InOrder;
import java.time.Duration;

/**
 * Passes the counts of rooms on, on a thread of its own, so that neither the callers whose threads
 * let the effects of rooms out nor the mixer's connection wait for the recorder. What is counted on
 * the threads of calls and operators is passed on there.
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
  public void refused(ConferenceOutcome reason) {
    recorder.refused(reason);
  }

  @Override
  public void joined(Duration took) {
    recorder.joined(took);
  }

  @Override
  public void commanded(String command, CommandResult result, Duration took) {
    recorder.commanded(command, result, took);
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
