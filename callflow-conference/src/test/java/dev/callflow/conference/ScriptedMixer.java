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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A scripted mixer. It records commands, replies as scripted, and sends the events that a test
 * passes to it.
 */
public final class ScriptedMixer implements Mixer {

  private final List<MixerCommand> commands = new CopyOnWriteArrayList<>();
  private final List<Consumer<MixerEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile Function<MixerCommand, MixerReply> script = command -> new MixerReply.Done();
  private final Map<CallId, String> kept = new ConcurrentHashMap<>();
  private volatile MixerReply keeps = new MixerReply.Done();
  private volatile SnapshotReply snapshot = new SnapshotReply.NoSuchRoom();

  /** Sends events to all listeners. */
  public void emit(MixerEvent... events) {
    for (MixerEvent event : events) {
      listeners.forEach(listener -> listener.accept(event));
    }
  }

  /** Sets the replies to commands. The script may also send events. */
  public void answer(Function<MixerCommand, MixerReply> newScript) {
    script = newScript;
  }

  /** Gives every command the same reply, and sends the given events before each reply. */
  public void answer(MixerReply reply, MixerEvent... events) {
    script =
        command -> {
          emit(events);
          return reply;
        };
  }

  /** Sets the snapshot that the mixer returns. */
  public void shows(SnapshotReply reply) {
    snapshot = reply;
  }

  /** Returns the commands received so far. */
  public List<MixerCommand> commands() {
    return List.copyOf(commands);
  }

  /** Sets the reply to requests to keep settings with a call. */
  public void keeps(MixerReply reply) {
    keeps = reply;
  }

  /** Returns the settings that are kept with a call; empty if there are none. */
  public String kept(CallId call) {
    return kept.getOrDefault(call, "");
  }

  @Override
  public MixerReply keep(CallId call, RoomId room, String settings) {
    if (keeps instanceof MixerReply.Done) {
      kept.put(call, settings);
    }
    return keeps;
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
