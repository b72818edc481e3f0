package dev.callflow.conference.journal;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.call.Position;
import dev.callflow.core.call.RecordingId;
import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Records the events and commands of a leg. Used by the call's thread. */
final class JournaledLeg implements Leg {

  private final Leg leg;
  private final JournalWriter journal;
  private final Map<PlaybackId, String> playing = new ConcurrentHashMap<>();
  private final SecretKeys keys;

  JournaledLeg(Leg leg, JournalWriter journal) {
    this.leg = leg;
    this.journal = journal;
    this.keys =
        new SecretKeys(known -> journal.cameIn(leg.id(), "taken", line -> line.put("keys", known)));
  }

  @Override
  public CallId id() {
    return leg.id();
  }

  @Override
  public Inbox<LegEvent> events() {
    Inbox<LegEvent> events = leg.events();
    return new Inbox<>() {
      @Override
      public boolean offer(LegEvent item) {
        return events.offer(item);
      }

      @Override
      public void close(LegEvent last) {
        events.close(last);
      }

      @Override
      public @Nullable LegEvent poll(Duration timeout) throws InterruptedException {
        LegEvent event = events.poll(timeout);
        if (event != null) {
          received(event);
        }
        return event;
      }
    };
  }

  private void received(LegEvent event) {
    switch (event) {
      case LegEvent.Dtmf(char key) -> {
        keys.pressed(key);
        journal.cameIn(id(), "key", line -> {});
      }
      case LegEvent.PlaybackEnded(PlaybackId playback, PlayResult result) -> {
        String media = playing.remove(playback);
        if (media != null) {
          journal.cameIn(
              id(), "played", line -> line.put("medium", media).put("how", result.name()));
        }
      }
      case LegEvent.HungUp(var by, HangupCause cause) -> {
        keys.end();
        journal.cameIn(id(), "ended", line -> line.put("by", by.name()).put("cause", cause.name()));
      }
      case RoomSignal.Left(RoomId room, boolean entered) ->
          journal.cameIn(
              id(), "left", line -> line.put("room", room.conference()).put("entered", entered));
      case LegEvent.RecordingEnded(var recording, long millis) ->
          journal.cameIn(id(), "recorded", line -> line.put("millis", millis));
      case LegEvent.Signal other -> {}
    }
  }

  @Override
  public void keysConsumed(String consumed) {
    keys.keysConsumed(consumed);
    leg.keysConsumed(consumed);
  }

  private void decided(String what) {
    journal.decided(id(), what);
  }

  @Override
  public void answer() {
    decided("answers");
    leg.answer();
  }

  @Override
  public PlaybackId play(Media media, KeyPolicy keys, boolean endless) {
    decided("plays " + media.name());
    PlaybackId playback = leg.play(media, keys, endless);
    playing.put(playback, media.name());
    return playback;
  }

  @Override
  public PlaybackId speak(
      String text, String voice, String language, String engine, KeyPolicy keys) {
    decided("says " + text);
    PlaybackId playback = leg.speak(text, voice, language, engine, keys);
    playing.put(playback, text);
    return playback;
  }

  @Override
  public void stop(PlaybackId playback) {
    leg.stop(playback);
  }

  @Override
  public RecordingId record(String name, Duration limit) {
    decided("records");
    return leg.record(name, limit);
  }

  @Override
  public void discard(String name) {
    leg.discard(name);
  }

  @Override
  public void set(Map<String, String> variables) {
    leg.set(variables);
  }

  @Override
  public void keep(Position position) {
    leg.keep(position);
  }

  @Override
  public void continuesAt(Position position) {
    journal.cameIn(id(), "continues", line -> line.set("position", PositionWords.write(position)));
    leg.continuesAt(position);
  }

  @Override
  public void transfer(String number) {
    decided("transfers to " + number);
    leg.transfer(number);
  }

  @Override
  public void hangup(HangupCause cause) {
    decided("hangs up with " + cause.name());
    leg.hangup(cause);
  }
}
