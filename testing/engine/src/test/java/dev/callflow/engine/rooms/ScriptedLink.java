package dev.callflow.engine.rooms;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.mixer.WrappedMixer;
import dev.callflow.core.call.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A mixer behind a line that a test controls. Records everything that is sent. */
final class ScriptedLink implements WrappedMixer {

  private final Mixer mixer;
  private final List<Consumer<MixerEvent>> listeners = new ArrayList<>();

  /** Every command, dial and cancellation, in order. */
  final List<Object> sent = new ArrayList<>();

  /** Decides which events get through. */
  Predicate<MixerEvent> passes = event -> true;

  /** Replaces the mixer's replies to commands. */
  Function<MixerReply, MixerReply> replies = reply -> reply;

  /** Whether the mixer can be used. */
  boolean up = true;

  /** Whether requests for snapshots succeed. */
  boolean shows = true;

  ScriptedLink(Mixer mixer) {
    this.mixer = mixer;
    mixer.listen(event -> {
      if (passes.test(event)) {
        publish(event);
      }
    });
  }

  @Override
  public Mixer mixer() {
    return mixer;
  }

  void publish(MixerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  @Override
  public boolean available() {
    return up;
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    sent.add(command);
    return replies.apply(mixer.apply(room, command));
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    return shows ? mixer.snapshot(room) : new SnapshotReply.NoAnswer("no answer");
  }

  @Override
  public DialReply dial(CallId leg, DialOrder order) {
    sent.add(order);
    return mixer.dial(leg, order);
  }

  @Override
  public void cancel(CallId leg) {
    sent.add(leg);
    mixer.cancel(leg);
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }
}
