package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.call.RecordingId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Map;

/** A leg that has only an id. */
record NamedLeg(CallId id) implements Leg {

  @Override
  public Inbox<LegEvent> events() {
    return TimeSource.system().inbox(1);
  }

  @Override
  public void answer() {}

  @Override
  public PlaybackId play(Media media, KeyPolicy keys, boolean endless) {
    return new PlaybackId("none");
  }

  @Override
  public PlaybackId speak(
      String text, String voice, String language, String engine, KeyPolicy keys) {
    return new PlaybackId("none");
  }

  @Override
  public void stop(PlaybackId playback) {}

  @Override
  public RecordingId record(String name, Duration maxLength) {
    return new RecordingId("none");
  }

  @Override
  public void discard(String name) {}

  @Override
  public void set(Map<String, String> variables) {}

  @Override
  public void transfer(String number) {}

  @Override
  public void hangup(HangupCause cause) {}
}
