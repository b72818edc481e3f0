package dev.callflow.conference;

import dev.callflow.conference.ConferenceMetrics.CommandResult;
import dev.callflow.conference.room.DialOrder;
import dev.callflow.conference.room.DialReply;
import dev.callflow.conference.room.Entry;
import dev.callflow.conference.room.Mixer;
import dev.callflow.conference.room.MixerCommand;
import dev.callflow.conference.room.MixerEvent;
import dev.callflow.conference.room.MixerReply;
import dev.callflow.conference.room.RoomId;
import dev.callflow.conference.room.RoomsReply;
import dev.callflow.conference.room.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A mixer whose commands are timed. */
record MeteredMixer(Mixer mixer, ConferenceMetrics metrics, TimeSource time) implements Mixer {

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    Instant begun = time.now();
    MixerReply reply = mixer.apply(room, command);
    metrics.commanded(
        command.getClass().getSimpleName(), result(reply), Duration.between(begun, time.now()));
    return reply;
  }

  private static CommandResult result(MixerReply reply) {
    return switch (reply) {
      case MixerReply.Done done -> CommandResult.DONE;
      case MixerReply.Refused refused -> CommandResult.REFUSED;
      case MixerReply.NotThere gone -> CommandResult.REFUSED;
      case MixerReply.Unknown unknown -> CommandResult.UNKNOWN;
    };
  }

  @Override
  public boolean available() {
    return mixer.available();
  }

  @Override
  public void enter(CallId leg, RoomId room, Entry entry) {
    mixer.enter(leg, room, entry);
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    return mixer.snapshot(room);
  }

  @Override
  public RoomsReply rooms() {
    return mixer.rooms();
  }

  @Override
  public CallId newLeg() {
    return mixer.newLeg();
  }

  @Override
  public DialReply dial(CallId leg, DialOrder order) {
    return mixer.dial(leg, order);
  }

  @Override
  public void cancel(CallId leg) {
    mixer.cancel(leg);
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    mixer.listen(listener);
  }

  @Override
  public boolean has(CallId leg) {
    return mixer.has(leg);
  }

  @Override
  public String focus(RoomId room) {
    return mixer.focus(room);
  }
}
