package dev.callflow.testkit.rooms;

import dev.callflow.conference.room.Bridge;
import dev.callflow.conference.room.DialOrder;
import dev.callflow.conference.room.DialReply;
import dev.callflow.conference.room.Entry;
import dev.callflow.conference.room.Mixer;
import dev.callflow.conference.room.MixerCommand;
import dev.callflow.conference.room.MixerEvent;
import dev.callflow.conference.room.MixerReply;
import dev.callflow.conference.room.RoomId;
import dev.callflow.conference.room.RoomSignal;
import dev.callflow.conference.room.RoomsReply;
import dev.callflow.conference.room.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A mixer whose line does what a test says; writes down everything that is sent. */
final class ScriptedLink implements Mixer {

  private final Mixer mixer;
  private final List<Consumer<MixerEvent>> listeners = new ArrayList<>();

  /** Every command, dial and cancellation, in order. */
  final List<Object> sent = new ArrayList<>();

  /** Which events get through. */
  Predicate<MixerEvent> passes = event -> true;

  /** What becomes of an answer. */
  Function<MixerReply, MixerReply> answers = reply -> reply;

  /** Whether snapshots are answered. */
  boolean shows = true;

  ScriptedLink(Mixer mixer) {
    this.mixer = mixer;
    mixer.listen(event -> {
      if (passes.test(event)) {
        tell(event);
      }
    });
  }

  void tell(MixerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void enter(CallId leg, RoomId room, Entry entry) {
    mixer.enter(leg, room, entry);
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    sent.add(command);
    return answers.apply(mixer.apply(room, command));
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    return shows ? mixer.snapshot(room) : new SnapshotReply.NoAnswer("no answer");
  }

  @Override
  public RoomsReply rooms() {
    return mixer.rooms();
  }

  @Override
  public boolean has(CallId leg) {
    return mixer.has(leg);
  }

  @Override
  public void bridge(CallId leg, RoomId room, Bridge way) {
    mixer.bridge(leg, room, way);
  }

  @Override
  public void bridged(CallId leg, RoomSignal.Entered entered) {
    mixer.bridged(leg, entered);
  }

  @Override
  public void expect(String token, Consumer<Leg> arrived) {
    mixer.expect(token, arrived);
  }

  @Override
  public CallId newLeg() {
    return mixer.newLeg();
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
