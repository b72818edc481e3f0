package dev.callflow.simulator.wire.event;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.event.ChannelHeaders.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Translates events of the simulated switch into FreeSWITCH's events, with headers in FreeSWITCH's
 * order.
 */
public final class EventWriter {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter GMT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public static final String SOUNDS = "/usr/share/freeswitch/sounds/en/us/callie/";

  private static final int SAMPLES_PER_MILLI = 8;

  private static final String TONES = "tone_stream://";

  private final TimeSource time;
  private final Supplier<String> coreUuid;
  private final String hostname;
  private final Predicate<String> routed;

  private final ChannelHeaders headers = new ChannelHeaders();

  /** The lengths of finished recordings whose applications have not ended yet. */
  private final Map<String, Duration> recorded = new ConcurrentHashMap<>();

  private final AtomicLong sequence = new AtomicLong(400);

  /**
   * @param routed returns whether the dialplan has a route for a number
   */
  public EventWriter(
      TimeSource time, Supplier<String> coreUuid, String hostname, Predicate<String> routed) {
    this.time = time;
    this.routed = routed;
    this.coreUuid = coreUuid;
    this.hostname = hostname;
  }

  /** Returns the events that FreeSWITCH sends for an event of the simulated switch, in order. */
  public List<WireEvent> write(SwitchEvent event) {
    return switch (event) {
      case SwitchEvent.Arrived(var channel) -> arrived(channel);
      case SwitchEvent.Rings(var channel) -> List.of(ofChannel("CHANNEL_PROGRESS", channel));
      case SwitchEvent.EarlyMedia(var channel) ->
          List.of(ofChannel("CHANNEL_PROGRESS_MEDIA", channel, Stage.progressing(channel)));
      case SwitchEvent.Answered(var channel) ->
          List.of(ofChannel("CHANNEL_ANSWER", channel, Stage.answering(channel)));
      case SwitchEvent.ExecutionStarted(var channel, var execution) -> {
        WireEvent started = execution("CHANNEL_EXECUTE", channel, execution, Optional.empty());
        yield execution.what() instanceof Application.Park
            ? List.of(started, parked(channel))
            : List.of(started);
      }
      case SwitchEvent.ExecutionEnded(var channel, var execution, var response) ->
          ended(channel, execution, response);
      case SwitchEvent.PlaybackStarted(var channel, var execution, var file) ->
          List.of(playback("PLAYBACK_START", channel, file));
      case SwitchEvent.PlaybackEnded(var channel, var execution, var file, boolean broken) ->
          List.of(
              playback("PLAYBACK_STOP", channel, file)
                  .add("Playback-Status", broken ? "break" : "done"));
      case SwitchEvent.KeyPressed(var channel, char key, var length, var source) ->
          List.of(
              ofChannel("DTMF", channel, Stage.of(channel), false)
                  .add("DTMF-Digit", String.valueOf(key))
                  .add("DTMF-Duration", length.toMillis() * SAMPLES_PER_MILLI)
                  .add("DTMF-Source", source.name()));
      case SwitchEvent.RecordStarted(var channel, var execution, var path) ->
          List.of(ofChannel("RECORD_START", channel).add("Record-File-Path", path));
      case SwitchEvent.RecordEnded(var channel, var execution, var path, var length, var voice) -> {
        recorded.put(execution.id(), length);
        yield List.of(
            ofChannel("RECORD_STOP", channel)
                .add("Record-File-Path", path)
                .add("variable_record_ms", length.toMillis()));
      }
      case SwitchEvent.Transferred(var channel, var number) -> {
        headers.routed(channel);
        yield List.of(
            state(channel, Stage.of(channel).state("CS_ROUTING", 2).call("RINGING")),
            state(channel.routed(), Stage.of(channel)));
      }
      case SwitchEvent.HungUp(var channel, EndedBy by) ->
          List.of(
              ofChannel(
                  "CHANNEL_HANGUP",
                  channel,
                  isLost(channel) ? Stage.of(channel).state("CS_ROUTING", 10) : Stage.of(channel)));
      case SwitchEvent.Gone(var channel, EndedBy by) -> gone(channel);
      case SwitchEvent.JoinRefused refused ->
          refused.why() == SwitchEvent.Refusal.NO_ROOM ? List.of(rejected(refused)) : List.of();
      case SwitchEvent.OfRoom ofRoom -> room(ofRoom).map(List::of).orElse(List.of());
    };
  }

  private List<WireEvent> arrived(ChannelState channel) {
    List<WireEvent> events =
        new ArrayList<>(
            List.of(
                state(channel, Stage.CREATED.state("CS_INIT", 1)),
                ofChannel("CHANNEL_CREATE", channel, Stage.CREATED),
                state(channel, Stage.of(channel).state("CS_ROUTING", 2))));
    if (!isLost(channel)) {
      events.add(state(channel, Stage.of(channel)));
    }
    return events;
  }

  /**
   * Returns whether the channel is a call to a number without a route, so that routing will reject
   * it.
   */
  private boolean isLost(ChannelState channel) {
    return !channel.outbound() && channel.transfers() == 0 && !routed.test(channel.destination());
  }

  private List<WireEvent> ended(ChannelState channel, Execution execution, String response) {
    WireEvent completion =
        execution("CHANNEL_EXECUTE_COMPLETE", channel, execution, Optional.of(response));
    Duration length = recorded.remove(execution.id());
    if (length != null) {
      completion.add("variable_record_ms", length.toMillis());
    }
    boolean parked =
        execution.what() instanceof Application.Park
            || execution.what() instanceof Application.External(boolean parks) && parks;
    return parked ? List.of(ofChannel("CHANNEL_UNPARK", channel), completion) : List.of(completion);
  }

  private List<WireEvent> gone(ChannelState channel) {
    Stage hangup = Stage.of(channel).state("CS_HANGUP", 10);
    Stage reporting = hangup.state("CS_REPORTING", 11).call("HANGUP");
    String cause = channel.cause() == null ? "NORMAL_CLEARING" : channel.cause().name();
    WireEvent complete = base("CHANNEL_HANGUP_COMPLETE").add("Hangup-Cause", cause);
    headers.basics(complete, channel, reporting);
    headers.variables(complete, channel, reporting);
    complete.add("variable_hangup_cause", cause);
    WireEvent destroyed =
        ofChannel("CHANNEL_DESTROY", channel, reporting.state("CS_REPORTING", 12))
            .add("variable_hangup_cause", cause);
    List<WireEvent> events =
        List.of(
            state(channel, hangup),
            state(channel, reporting),
            complete,
            destroyed,
            state(channel, reporting.state("CS_DESTROY", 12)));
    headers.forget(channel);
    return events;
  }

  private WireEvent playback(String name, ChannelState channel, String file) {
    WireEvent event = ofChannel(name, channel);
    if (file.startsWith(TONES)) {
      event.add("Playback-File-Type", "tone_stream");
    }
    return event.add("Playback-File-Path", path(file));
  }

  private WireEvent rejected(SwitchEvent.JoinRefused refused) {
    WireEvent event = custom();
    headers.basics(event, refused.channel(), Stage.of(refused.channel()));
    return event
        .add("Conference-Name", refused.room())
        .add("Conference-Profile-Name", refused.profile())
        .add("Action", "rejected-join-only");
  }

  private WireEvent state(ChannelState channel, Stage stage) {
    return ofChannel("CHANNEL_STATE", channel, stage, false);
  }

  public WireEvent parked(ChannelState channel) {
    return ofChannel("CHANNEL_PARK", channel);
  }

  /** Returns the output of {@code uuid_dump}. */
  public WireEvent dump(ChannelState channel) {
    return ofChannel("CHANNEL_DATA", channel);
  }

  /** Returns the channel data in the reply to {@code connect}. */
  public WireEvent data(ChannelState channel) {
    WireEvent event = base("CHANNEL_DATA");
    headers.profile(event, "Channel", channel, false);
    headers.basics(event, channel, Stage.of(channel));
    headers.variables(event, channel, Stage.of(channel));
    return event;
  }

  /**
   * Returns a file's path as events report it: relative paths are resolved against the sounds
   * folder.
   */
  private String path(String file) {
    return file.startsWith("/") || file.contains("://") || file.contains("%(")
        ? file
        : SOUNDS + file;
  }

  private Optional<WireEvent> room(SwitchEvent.OfRoom event) {
    SimRoomState room = event.room();
    return Optional.ofNullable(
        switch (event) {
          case SwitchEvent.RoomCreated created -> room(room, "conference-create");
          case SwitchEvent.RoomDestroyed destroyed -> room(room, "conference-destroy");
          case SwitchEvent.MemberAdded added ->
              added.member().silent() ? null : member(room, added.member(), "add-member");
          case SwitchEvent.MemberRemoved removed -> member(room, removed.member(), "del-member");
          case SwitchEvent.MemberChanged changed -> changed(changed);
          case SwitchEvent.FloorChanged(var state, int before, var holder) -> {
            WireEvent change = room(room, "floor-change");
            change.add("Old-ID", before == 0 ? "none" : String.valueOf(before));
            holder.ifPresent(it -> of(basics(change, room), it));
            yield change.add(
                "New-ID", holder.map(member -> String.valueOf(member.number())).orElse("none"));
          }
          case SwitchEvent.SoundSet(var state, var what) -> room(room, what);
          case SwitchEvent.MemberMoved(var state, var member, var to) ->
              of(basics(custom(), room), member)
                  .add("Old-Conference-Name", room.name())
                  .add("New-Conference-Name", to)
                  .add("Action", "transfer");
          case SwitchEvent.LockSet(var state, boolean on) -> room(room, on ? "lock" : "unlock");
          case SwitchEvent.RoomPlayQueued(var state, var file, var why) ->
              switch (why) {
                case COMMAND, PARALLEL ->
                    room(room, "play-file")
                        .add("File", file)
                        .add("Async", why == SwitchEvent.RoomSound.PARALLEL);
                case ENTER, EXIT, OWN_EXIT, PROMPT -> null;
              };
          case SwitchEvent.RoomPlayFailed(var state, var file, var why) ->
              room(room, "play-file")
                  .add("File", path(file))
                  .add("Async", false)
                  .add("Error", "File could not be played");
          case SwitchEvent.RoomPlayEnded(var state, var file, var played, var why) -> {
            WireEvent done =
                played(basics(custom(), room), played)
                    .add("Action", "play-file-done")
                    .add("File", path(file));
            yield why == SwitchEvent.RoomSound.PARALLEL ? done.add("Async", true) : done;
          }
          case SwitchEvent.MemberPlayStarted(var state, var member, var file) ->
              member(room, member, "play-file-member").add("File", file);
          case SwitchEvent.MemberPlayEnded(var state, var member, var file, var played) -> {
            WireEvent done =
                played(basics(custom(), room), played).add("Action", "play-file-member-done");
            member.ifPresent(it -> of(basics(done, room), it));
            yield done.add("File", path(file));
          }
          case SwitchEvent.RoomRecordingStarted(var state, var path, boolean failed) -> {
            WireEvent started = room(room, "start-recording").add("Path", path);
            yield failed ? started.add("Error", "File could not be opened for recording") : started;
          }
          case SwitchEvent.RoomRecordingPaused(var state, var path, boolean on) ->
              room(room, on ? "pause-recording" : "resume-recording")
                  .add("Path", path)
                  .add("Other-Recordings", !room.recordings().isEmpty());
          case SwitchEvent.RoomRecordingStopped(var state, var path, var length) -> {
            WireEvent stopped =
                room(room, "stop-recording")
                    .add("Path", path)
                    .add("Other-Recordings", !room.recordings().isEmpty())
                    .add("Samples-Out", length.toMillis() * 8)
                    .add("Samplerate", 8000)
                    .add("Milliseconds-Elapsed", length.toMillis());
            yield length.isZero()
                ? stopped
                : stopped.add("Record-File-Size", length.toMillis() * 16 + 44);
          }
          case SwitchEvent.MemberKeys(var state, var member, String keys, boolean sent) ->
              member(room, member, sent ? "dtmf-member" : "dtmf")
                  .add(sent ? "Digits" : "DTMF-Key", keys);
        });
  }

  /** Returns the event with the result of a {@code bgdial}. */
  public WireEvent dialled(SimRoomState room, String result, String job, Optional<String> peer) {
    WireEvent event =
        basics(custom(), room)
            .add("Action", "bgdial-result")
            .add("Result", result)
            .add("Job-UUID", job);
    peer.ifPresent(uuid -> event.add("Peer-UUID", uuid));
    return event;
  }

  private WireEvent changed(SwitchEvent.MemberChanged changed) {
    MemberState member = changed.member();
    WireEvent event = of(basics(custom(), changed.room()), member);
    if (changed.what() == SwitchEvent.MemberChange.SILENT) {
      talked(event, Duration.between(member.talkingSince(), time.now()));
    }
    event.add("Action", action(changed.what()));
    return switch (changed.what()) {
      case ENERGY -> event.add("Energy-Level", member.energy());
      case VOLUME_IN -> event.add("Volume-Level", member.volumeIn());
      case VOLUME_OUT -> event.add("Volume-Level", member.volumeOut());
      case GAIN_CONTROL -> event.add("Agc-Level", member.gainControl());
      case ENERGY_BY_KEY -> event.add("New-Level", member.energy());
      case VOLUME_IN_BY_KEY -> event.add("New-Level", member.volumeIn());
      case VOLUME_OUT_BY_KEY -> event.add("New-Level", member.volumeOut());
      case MUTED,
          UNMUTED,
          DEAFENED,
          UNDEAFENED,
          VIDEO_MUTED,
          VIDEO_UNMUTED,
          TALKING,
          SILENT,
          MUTE_DETECTED,
          KICKED,
          HUNG_UP,
          HELD,
          UNHELD ->
          event;
    };
  }

  /** Adds the statistics of a period of talking; without audio, all energy values are zero. */
  private static void talked(WireEvent event, Duration length) {
    long packets = length.toMillis() / 20;
    event
        .add("talking-gate-hits", packets)
        .add("talking-total-packets", packets)
        .add("talking-duration-ms", length.toMillis());
    for (String name :
        List.of(
            "average-energy",
            "delta-average",
            "hit-on-percent",
            "non-hit-ratio",
            "hit-off-percent",
            "hit-off-differential")) {
      event.add("talking-" + name, "0.000000");
    }
  }

  private static WireEvent played(WireEvent event, Duration played) {
    return event
        .add("seconds", played.toSeconds())
        .add("milliseconds", played.toMillis())
        .add("samples", played.toMillis() * 8);
  }

  private static String action(SwitchEvent.MemberChange change) {
    return switch (change) {
      case MUTED -> "mute-member";
      case UNMUTED -> "unmute-member";
      case DEAFENED -> "deaf-member";
      case UNDEAFENED -> "undeaf-member";
      case VIDEO_MUTED -> "vmute-member";
      case VIDEO_UNMUTED -> "unvmute-member";
      case TALKING -> "start-talking";
      case SILENT -> "stop-talking";
      case MUTE_DETECTED -> "mute-detect";
      case KICKED -> "kick-member";
      case HUNG_UP -> "hup-member";
      case HELD -> "hold-member";
      case UNHELD -> "unhold-member";
      case ENERGY -> "energy-level-member";
      case VOLUME_IN -> "volume-in-member";
      case VOLUME_OUT -> "volume-out-member";
      case GAIN_CONTROL -> "agc-level-member";
      case ENERGY_BY_KEY -> "energy-level";
      case VOLUME_IN_BY_KEY -> "gain-level";
      case VOLUME_OUT_BY_KEY -> "volume-level";
    };
  }

  private WireEvent room(SimRoomState room, String action) {
    return basics(custom(), room).add("Action", action);
  }

  private WireEvent member(SimRoomState room, MemberState member, String action) {
    return of(basics(custom(), room), member).add("Action", action);
  }

  private static WireEvent basics(WireEvent event, SimRoomState room) {
    event
        .add("Conference-Name", room.name())
        .add("Conference-Domain", room.profile().equals("none") ? "cluecon.com" : "127.0.0.1")
        .add("Conference-Size", room.size())
        .add("Conference-Ghosts", room.ghosts())
        .add("Conference-Profile-Name", room.profile())
        .add("Conference-Unique-ID", room.uuid());
    room.variables().forEach(event::add);
    return event;
  }

  private WireEvent of(WireEvent event, MemberState member) {
    event.add("Floor", member.floor());
    headers.basics(event, member.channel(), Stage.of(member.channel()));
    return event
        .add("Video", false)
        .add("Hear", !member.deaf())
        .add("See", true)
        .add("Speak", !member.muted())
        .add("Talking", member.talking())
        .add("Mute-Detect", member.flags().contains("mute-detect"))
        .add("Hold", member.held())
        .add("Member-ID", member.number())
        .add("Member-Type", member.moderator() ? "moderator" : "member")
        .add("Member-Ghost", member.ghost())
        .add("Energy-Level", member.energy())
        .add("Current-Energy", 0);
  }

  private WireEvent custom() {
    WireEvent event = new WireEvent().add("Event-Subclass", "conference::maintenance");
    return base(event, "CUSTOM");
  }

  public WireEvent base(String name) {
    return base(new WireEvent(), name);
  }

  private WireEvent base(WireEvent event, String name) {
    Instant now = time.now();
    return event
        .add("Event-Name", name)
        .add("Core-UUID", coreUuid.get())
        .add("FreeSWITCH-Hostname", hostname)
        .add("FreeSWITCH-Switchname", hostname)
        .add("FreeSWITCH-IPv4", "127.0.0.1")
        .add("FreeSWITCH-IPv6", "::1")
        .add("Event-Date-Local", LOCAL.format(now))
        .add("Event-Date-GMT", GMT.format(now))
        .add("Event-Date-Timestamp", now.getEpochSecond() * 1_000_000 + now.getNano() / 1000)
        .add("Event-Calling-File", "simulated.c")
        .add("Event-Calling-Function", "simulated")
        .add("Event-Calling-Line-Number", 1)
        .add("Event-Sequence", sequence.incrementAndGet());
  }

  private WireEvent execution(
      String name, ChannelState channel, Execution execution, Optional<String> response) {
    WireEvent event = ofChannel(name, channel).add("Application", execution.name());
    if (!execution.data().isEmpty()) {
      event.add("Application-Data", execution.data());
    }
    response.ifPresent(it -> event.add("Application-Response", it));
    return event.add("Application-UUID", execution.id());
  }

  public WireEvent ofChannel(String name, ChannelState channel) {
    return ofChannel(name, channel, Stage.of(channel));
  }

  private WireEvent ofChannel(String name, ChannelState channel, Stage stage) {
    return ofChannel(name, channel, stage, true);
  }

  private WireEvent ofChannel(String name, ChannelState channel, Stage stage, boolean variables) {
    WireEvent event = base(name);
    headers.basics(event, channel, stage);
    if (variables) {
      headers.variables(event, channel, stage);
    }
    return event;
  }
}
