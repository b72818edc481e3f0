package dev.callflow.testkit.replay.run;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.CallObserver;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.Node;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.testkit.replay.script.Trigger;
import dev.callflow.testkit.replay.text.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Records the facts of a run, and notifies callers' scripts when their triggers occur. Thread-safe.
 */
public final class Recorder implements CallObserver, ConferenceObserver {

  /** The variable in which callflow-freeswitch keeps the exit sound, which it plays itself. */
  private static final String EXIT_SOUND = "cf_exit_sound";

  /** Translates the switch's names into those of case files. */
  public interface Words {

    RoomId room(SimRoomState room);

    /**
     * Returns the media in a file argument: one, several for a sequence, or none for silence that
     * is not part of the case.
     */
    List<String> media(String file);
  }

  private final Supplier<Duration> elapsed;
  private final Words words;
  private final ReentrantLock lock = new ReentrantLock();
  private final Facts facts;
  private final Map<CallId, Script> scripts = new ConcurrentHashMap<>();

  public Recorder(Supplier<Duration> elapsed, Words words, Facts facts) {
    this.elapsed = elapsed;
    this.words = words;
    this.facts = facts;
  }

  public void follow(CallId call, Script script) {
    scripts.put(call, script);
  }

  @Override
  public void moduleStarted(Call call, Node.Action node) {
    locked(() -> facts.call(call.id()).modules.add(node.module()));
  }

  @Override
  public void ended(CallId call, ConferenceOutcome outcome) {
    locked(() -> facts.call(call).outcomes.add(outcome));
  }

  public void published(ConferenceEvent event) {
    locked(() -> facts.events.add(now(event)));
  }

  /** Begins to record the events of a switch. */
  public void listen(SimulatedSwitch model) {
    on(model, SwitchEvent.Answered.class, it -> answered(it.channel()));
    on(model, SwitchEvent.ExecutionStarted.class, it -> started(it.channel(), it.execution()));
    on(model, SwitchEvent.HungUp.class, this::hungUp);
    on(model, SwitchEvent.MemberAdded.class, it -> joined(it.room(), it.member()));
    on(model, SwitchEvent.MemberRemoved.class, it -> left(it.member().channel()));
    on(
        model,
        SwitchEvent.MemberPlayStarted.class,
        it -> hears(it.member().channel(), words.media(it.file())));
    on(model, SwitchEvent.RoomPlayQueued.class, it -> roomHears(it.room(), it.file()));
    on(model, SwitchEvent.RoomPlayFailed.class, it -> roomHears(it.room(), it.file()));
    on(model, SwitchEvent.RoomRecordingStarted.class, this::recorded);
  }

  private <E extends SwitchEvent> void on(
      SimulatedSwitch model, Class<E> type, Consumer<E> change) {
    model.listen(type, event -> locked(() -> change.accept(event)));
  }

  /**
   * Makes a change under the lock, because the engine's threads also report events in runs over the
   * wire.
   */
  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private void answered(ChannelState channel) {
    call(channel).answered = true;
    trigger(channel, new Trigger.Answered());
  }

  private void hungUp(SwitchEvent.HungUp event) {
    HangupCause cause = Objects.requireNonNull(event.channel().cause());
    call(event.channel()).end = now(new CallFacts.End(event.by(), cause));
  }

  private void left(ChannelState channel) {
    call(channel).inRoom = false;
    trigger(channel, new Trigger.Left());
  }

  private void recorded(SwitchEvent.RoomRecordingStarted event) {
    if (!event.failed()) {
      facts.recordings.merge(words.room(event.room()), 1, Integer::sum);
    }
  }

  private void started(ChannelState channel, Execution execution) {
    switch (execution.what()) {
      case Application.Playback(String file, var terminators, boolean endless, var limit) ->
          played(channel, words.media(file));
      case Application.Speak(var engine, var voice, String text, var terminators) ->
          played(channel, List.of(text));
      case Application.Join join -> call(channel).joining = join;
      case Application.Answer other -> {}
      case Application.PreAnswer other -> {}
      case Application.Ring other -> {}
      case Application.Collect other -> {}
      case Application.Record other -> {}
      case Application.Sleep other -> {}
      case Application.Assign other -> {}
      case Application.HangUp other -> {}
      case Application.Transfer other -> {}
      case Application.Park other -> {}
      case Application.Echo other -> {}
      case Application.External other -> {}
    }
  }

  private void played(ChannelState channel, List<String> parts) {
    CallFacts call = call(channel);
    if (!call.inRoom) {
      parts.forEach(part -> call.heard.add(now(part)));
    }
    hears(channel, parts);
  }

  private void hears(ChannelState channel, List<String> parts) {
    parts.forEach(part -> trigger(channel, new Trigger.Hears(part)));
  }

  private void joined(SimRoomState room, MemberState member) {
    CallFacts call = call(member.channel());
    call.inRoom = true;
    if (call.joined == null) {
      Application.Join join = Objects.requireNonNull(call.joining);
      call.joined =
          now(
              new CallFacts.Joining(
                  words.room(room),
                  member,
                  join.enterSound().map(this::joined).filter(sound -> !sound.isEmpty()),
                  join.exitSound()
                      .or(() -> member.channel().variable(EXIT_SOUND))
                      .map(this::joined)
                      .filter(sound -> !sound.isEmpty())));
    }
    trigger(member.channel(), new Trigger.Joined());
  }

  private String joined(String file) {
    return String.join("!", words.media(file));
  }

  private void roomHears(SimRoomState room, String file) {
    List<Timed<String>> heard =
        facts.roomHeard.computeIfAbsent(words.room(room), key -> new ArrayList<>());
    for (String part : words.media(file)) {
      heard.add(now(part));
    }
  }

  private CallFacts call(ChannelState channel) {
    return facts.call(new CallId(channel.uuid()));
  }

  private void trigger(ChannelState channel, Trigger trigger) {
    Script script = scripts.get(new CallId(channel.uuid()));
    if (script != null) {
      script.on(trigger);
    }
  }

  private <T> Timed<T> now(T value) {
    return new Timed<>(elapsed.get(), value);
  }
}
