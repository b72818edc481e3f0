package dev.callflow.conference;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A mixer that does what a test says: it writes commands down, answers them by a script, and sends
 * the events that the test gives it.
 */
public final class ScriptedMixer implements Mixer {

  private final List<MixerCommand> commands = new CopyOnWriteArrayList<>();
  private final List<Consumer<MixerEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile Function<MixerCommand, MixerReply> script = command -> new MixerReply.Done();
  private volatile SnapshotReply snapshot = new SnapshotReply.NoSuchRoom();

  /** Sends events to everybody who listens. */
  public void emit(MixerEvent... events) {
    for (MixerEvent event : events) {
      listeners.forEach(listener -> listener.accept(event));
    }
  }

  /** Says how commands are answered; the script may emit their events. */
  public void answer(Function<MixerCommand, MixerReply> by) {
    script = by;
  }

  /** Takes every command, and sends events of it. */
  public void answer(MixerReply reply, MixerEvent... events) {
    script =
        command -> {
          emit(events);
          return reply;
        };
  }

  /** Says how the room is shown. */
  public void shows(SnapshotReply reply) {
    snapshot = reply;
  }

  /** Returns the commands so far. */
  public List<MixerCommand> commands() {
    return List.copyOf(commands);
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void enter(CallId leg, RoomId room, JoinOptions entry) {}

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    commands.add(command);
    return script.apply(command);
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    return snapshot;
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }
}
