package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.call.RecordingId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A channel of the simulated switch, as the engine sees it. */
final class SimulatedLeg implements Leg {

  /** The maximum number of queued events. Further events are dropped, except the final one. */
  private static final int MAX_EVENTS = 1024;

  /** The length of silence that ends a recording; FreeSWITCH's default for silence_hits. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final CallId id;
  private final SimulatedSwitch model;
  private final Inbox<LegEvent> events;
  private final AtomicLong executions = new AtomicLong();
  private final Map<String, PlayResult> results = new ConcurrentHashMap<>();
  private final Map<String, Boolean> entered = new ConcurrentHashMap<>();
  private final Map<String, RoomId> bridges = new ConcurrentHashMap<>();
  private volatile long recorded;

  SimulatedLeg(CallId id, SimulatedSwitch model, TimeSource time) {
    this.id = id;
    this.model = model;
    this.events = time.inbox(MAX_EVENTS);
  }

  @Override
  public CallId id() {
    return id;
  }

  @Override
  public Inbox<LegEvent> events() {
    return events;
  }

  @Override
  public void answer() {
    execute("answer", "", new Application.Answer());
  }

  @Override
  public PlaybackId play(Media media, KeyPolicy keys, boolean endless) {
    return new PlaybackId(
        execute(
            "playback",
            SwitchNames.file(media),
            new Application.Playback(SwitchNames.file(media), terminators(keys), endless)));
  }

  @Override
  public PlaybackId speak(
      String text, String voice, String language, String engine, KeyPolicy keys) {
    return new PlaybackId(
        execute("speak", text, new Application.Speak(engine, voice, text, terminators(keys))));
  }

  private static String terminators(KeyPolicy keys) {
    return switch (keys) {
      case INTERRUPT -> Application.Playback.ANY_KEY;
      case WAIT -> "";
    };
  }

  @Override
  public void stop(PlaybackId playback) {
    model.stop(id.value(), playback.value());
  }

  @Override
  public RecordingId record(String name, Duration limit) {
    String path = SwitchNames.recording(name);
    return new RecordingId(
        execute(
            "record",
            path,
            new Application.Record(path, Application.Playback.ANY_KEY, limit, SILENCE)));
  }

  @Override
  public void discard(String name) {
    model.discard(SwitchNames.recording(name));
  }

  @Override
  public void set(Map<String, String> variables) {
    execute("multiset", "", new Application.Assign(variables));
  }

  @Override
  public void transfer(String number) {
    model.transfer(id.value(), number);
  }

  @Override
  public void hangup(HangupCause cause) {
    model.hangUp(id.value(), EndedBy.ENGINE, cause);
  }

  /** Queues an application behind the earlier ones, as FreeSWITCH does with event-lock. */
  private String execute(String name, String data, Application application) {
    String execution = name + "-" + executions.incrementAndGet();
    model.send(id.value(), new Execution(execution, name, data, application, true));
    return execution;
  }

  /** Remembers that an application is about to bridge this leg to a room on another switch. */
  void bridging(String execution, RoomId room) {
    bridges.put(execution, room);
  }

  void entered(RoomSignal.Entered signal) {
    entered.put("bridge", true);
    events.offer(signal);
  }

  void pressed(char key) {
    events.offer(new LegEvent.Dtmf(key));
  }

  void playbackEnded(SwitchEvent.PlaybackEnded ended) {
    results.put(
        ended.execution().id(), ended.broken() ? PlayResult.INTERRUPTED : PlayResult.PLAYED);
  }

  void recordEnded(SwitchEvent.RecordEnded ended) {
    recorded = ended.voice() ? ended.length().toMillis() : 0;
  }

  void entered(SwitchEvent.MemberAdded added) {
    String room = added.room().name();
    entered.put(room, true);
    events.offer(
        new RoomSignal.Entered(
            SwitchNames.room(room), added.room().uuid(), added.member().number()));
  }

  void transferred() {
    events.close(new LegEvent.HungUp(EndedBy.ENGINE, HangupCause.NORMAL_CLEARING));
  }

  void gone(SwitchEvent.Gone gone) {
    HangupCause cause =
        Objects.requireNonNullElse(gone.channel().cause(), HangupCause.NORMAL_CLEARING);
    events.close(new LegEvent.HungUp(gone.by(), cause));
  }

  void executionEnded(SwitchEvent.ExecutionEnded ended) {
    ChannelState channel = ended.channel();
    Execution execution = ended.execution();
    switch (execution.what()) {
      case Application.Playback play -> played(execution, ended.response());
      case Application.Speak speak -> played(execution, ended.response());
      case Application.Record record ->
          events.offer(
              new LegEvent.RecordingEnded(
                  new RecordingId(execution.id()),
                  channel.phase() == ChannelState.Phase.HUNG_UP ? 0 : recorded));
      case Application.Join join -> {
        boolean was = entered.remove(join.room()) != null;
        if (channel.phase() != ChannelState.Phase.HUNG_UP) {
          events.offer(new RoomSignal.Left(SwitchNames.room(join.room()), was));
        }
      }
      case Application.Answer other -> {}
      case Application.PreAnswer other -> {}
      case Application.Ring other -> {}
      case Application.Collect other -> {}
      case Application.Sleep other -> {}
      case Application.Assign other -> {}
      case Application.HangUp other -> {}
      case Application.Transfer other -> {}
      case Application.Park other -> {}
      case Application.Echo other -> {}
      case Application.External external -> {
        RoomId room = bridges.remove(execution.id());
        if (room != null && channel.phase() != ChannelState.Phase.HUNG_UP) {
          events.offer(new RoomSignal.Left(room, entered.remove("bridge") != null));
        }
      }
    }
  }

  private void played(Execution execution, String response) {
    PlayResult result =
        response.equals("FILE NOT FOUND")
            ? PlayResult.MISSING
            : Objects.requireNonNullElse(results.remove(execution.id()), PlayResult.INTERRUPTED);
    events.offer(new LegEvent.PlaybackEnded(new PlaybackId(execution.id()), result));
  }
}
