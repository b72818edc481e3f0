package dev.callflow.testkit.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.model.ChannelState;
import dev.callflow.testkit.model.Execution;
import dev.callflow.testkit.model.MemberState;
import dev.callflow.testkit.model.RoomState;
import dev.callflow.testkit.model.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes what happens in the model as FreeSWITCH's events, headers in FreeSWITCH's order. */
final class EventWriter {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter GMT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final TimeSource time;
  private final String coreUuid;
  private final String hostname;

  /** How long finished recordings are, until their applications have ended, too. */
  private final Map<String, Duration> recorded = new ConcurrentHashMap<>();

  private final AtomicLong sequence = new AtomicLong(400);

  EventWriter(TimeSource time, String coreUuid, String hostname) {
    this.time = time;
    this.coreUuid = coreUuid;
    this.hostname = hostname;
  }

  /** The events that FreeSWITCH sends for something, in its order. */
  List<WireEvent> write(SwitchEvent event) {
    return switch (event) {
      case SwitchEvent.Arrived(var channel) -> List.of(ofChannel("CHANNEL_CREATE", channel));
      case SwitchEvent.Rings(var channel) -> List.of(ofChannel("CHANNEL_PROGRESS", channel));
      case SwitchEvent.Answered(var channel) -> List.of(ofChannel("CHANNEL_ANSWER", channel));
      case SwitchEvent.ExecutionStarted(var channel, var execution) ->
          List.of(execution("CHANNEL_EXECUTE", channel, execution));
      case SwitchEvent.ExecutionEnded(var channel, var execution, var response) ->
          List.of(completion(channel, execution, response));
      case SwitchEvent.PlaybackStarted(var channel, var execution, var file) ->
          List.of(
              ofChannel("PLAYBACK_START", channel)
                  .add("Playback-File-Path", file)
                  .add("Playback-File-Type", "file"));
      case SwitchEvent.PlaybackEnded(var channel, var execution, var file, boolean broken) ->
          List.of(
              ofChannel("PLAYBACK_STOP", channel)
                  .add("Playback-File-Path", file)
                  .add("Playback-File-Type", "file")
                  .add("Playback-Status", broken ? "break" : "done"));
      case SwitchEvent.KeyPressed(var channel, char key) ->
          List.of(
              ofChannel("DTMF", channel)
                  .add("DTMF-Digit", String.valueOf(key))
                  .add("DTMF-Duration", 2000)
                  .add("DTMF-Source", "UNKNOWN"));
      case SwitchEvent.RecordStarted(var channel, var execution, var path) ->
          List.of(ofChannel("RECORD_START", channel).add("Record-File-Path", path));
      case SwitchEvent.RecordEnded(
              var channel,
              var execution,
              var path,
              var length,
              boolean voice) -> {
        recorded.put(execution.id(), voice ? length : Duration.ZERO);
        yield List.of(
            ofChannel("RECORD_STOP", channel)
                .add("Record-File-Path", path)
                .add("variable_record_ms", length.toMillis()));
      }
      case SwitchEvent.Transferred(var channel, var number) ->
          List.of(ofChannel("CHANNEL_STATE", channel));
      case SwitchEvent.HungUp(var channel, EndedBy by) ->
          List.of(ofChannel("CHANNEL_HANGUP", channel), ofChannel("CHANNEL_UNPARK", channel));
      case SwitchEvent.Gone(var channel, EndedBy by) ->
          List.of(
              ofChannel("CHANNEL_STATE", channel), ofChannel("CHANNEL_HANGUP_COMPLETE", channel));
      case SwitchEvent.JoinRefused refused ->
          refused.why() == SwitchEvent.Refusal.NO_ROOM
              ? List.of(
                  custom()
                      .add("Action", "rejected-join-only")
                      .add("Conference-Name", refused.room())
                      .add("Unique-ID", refused.channel().uuid()))
              : List.of();
      case SwitchEvent.OfRoom ofRoom -> room(ofRoom).map(List::of).orElse(List.of());
    };
  }

  private Optional<WireEvent> room(SwitchEvent.OfRoom event) {
    RoomState room = event.room();
    return Optional.ofNullable(
        switch (event) {
          case SwitchEvent.RoomCreated created -> room(room, "conference-create", null);
          case SwitchEvent.RoomDestroyed destroyed -> room(room, "conference-destroy", null);
          case SwitchEvent.MemberAdded added -> room(room, "add-member", added.member());
          case SwitchEvent.MemberRemoved removed -> room(room, "del-member", removed.member());
          case SwitchEvent.MemberChanged changed -> changed(room, changed);
          case SwitchEvent.FloorChanged(var state, int before, var holder) ->
              room(room, "floor-change", holder.orElse(null))
                  .add("Old-ID", before == 0 ? "none" : String.valueOf(before))
                  .add(
                      "New-ID",
                      holder.map(member -> String.valueOf(member.number())).orElse("none"));
          case SwitchEvent.LockSet(var state, boolean on) ->
              room(room, on ? "lock" : "unlock", null);
          case SwitchEvent.RoomPlayQueued(var state, var file, var why) ->
              why == SwitchEvent.RoomSound.COMMAND
                  ? room(room, "play-file", null).add("File", file).add("Async", false)
                  : null;
          case SwitchEvent.RoomPlayFailed(var state, var file, var why) ->
              room(room, "play-file", null)
                  .add("File", file)
                  .add("Async", false)
                  .add("Error", "File could not be played");
          case SwitchEvent.RoomPlayEnded(var state, var file, var played) ->
              done(room(room, "play-file-done", null), file, played);
          case SwitchEvent.MemberPlayStarted(var state, var member, var file) ->
              room(room, "play-file-member", member).add("File", file);
          case SwitchEvent.MemberPlayEnded(var state, var member, var file) ->
              done(room(room, "play-file-member-done", member), file, Duration.ZERO);
          case SwitchEvent.RoomRecordingStarted(var state, var path, boolean failed) -> {
            WireEvent started = room(room, "start-recording", null).add("Path", path);
            yield failed ? started.add("Error", "cannot open the file") : started;
          }
          case SwitchEvent.RoomRecordingStopped(var state, var path, var length) ->
              room(room, "stop-recording", null)
                  .add("Path", path)
                  .add("Other-Recordings", room.recordings().size())
                  .add("Samples-Out", length.toMillis() * 8)
                  .add("Samplerate", 8000)
                  .add("Milliseconds-Elapsed", length.toMillis())
                  .add("Record-File-Size", length.toMillis() * 16 + 44);
        });
  }

  private static WireEvent done(WireEvent event, String file, Duration played) {
    return event
        .add("File", file)
        .add("seconds", played.toSeconds())
        .add("milliseconds", played.toMillis())
        .add("samples", played.toMillis() * 8);
  }

  private WireEvent changed(RoomState room, SwitchEvent.MemberChanged changed) {
    WireEvent event = room(room, action(changed.what()), changed.member());
    return switch (changed.what()) {
      case VOLUME_IN -> event.add("Volume-Level", changed.member().volumeIn());
      case VOLUME_OUT -> event.add("Volume-Level", changed.member().volumeOut());
      case MUTED, UNMUTED, DEAFENED, UNDEAFENED, VIDEO_MUTED, VIDEO_UNMUTED -> event;
      case TALKING, SILENT, KICKED, HUNG_UP, ENERGY -> event;
    };
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
      case KICKED -> "kick-member";
      case HUNG_UP -> "hup-member";
      case ENERGY -> "energy-level-member";
      case VOLUME_IN -> "volume-in-member";
      case VOLUME_OUT -> "volume-out-member";
    };
  }

  private WireEvent room(RoomState room, String action, @Nullable MemberState member) {
    WireEvent event =
        custom()
            .add("Conference-Name", room.name())
            .add("Conference-Domain", "127.0.0.1")
            .add("Conference-Size", room.size())
            .add("Conference-Ghosts", room.ghosts())
            .add("Conference-Profile-Name", room.profile())
            .add("Conference-Unique-ID", room.uuid());
    room.variables().forEach(event::add);
    if (member != null) {
      event.add("Floor", member.floor());
      basics(event, member.channel());
      event
          .add("Video", false)
          .add("Hear", !member.deaf())
          .add("See", true)
          .add("Speak", !member.muted())
          .add("Talking", member.talking())
          .add("Mute-Detect", false)
          .add("Hold", false)
          .add("Member-ID", member.number())
          .add("Member-Type", member.moderator() ? "moderator" : "member")
          .add("Member-Ghost", member.ghost())
          .add("Energy-Level", member.energy())
          .add("Current-Energy", 0);
    }
    return event.add("Action", action);
  }

  private WireEvent custom() {
    WireEvent event = new WireEvent().add("Event-Subclass", "conference::maintenance");
    return base(event, "CUSTOM");
  }

  WireEvent base(String name) {
    return base(new WireEvent(), name);
  }

  private WireEvent base(WireEvent event, String name) {
    Instant now = time.now();
    return event
        .add("Event-Name", name)
        .add("Core-UUID", coreUuid)
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

  private WireEvent completion(ChannelState channel, Execution execution, String response) {
    WireEvent event =
        execution("CHANNEL_EXECUTE_COMPLETE", channel, execution)
            .add("Application-Response", response);
    Duration length = recorded.remove(execution.id());
    return length == null ? event : event.add("variable_record_ms", length.toMillis());
  }

  private WireEvent execution(String name, ChannelState channel, Execution execution) {
    return ofChannel(name, channel)
        .add("Application", execution.name())
        .add("Application-Data", execution.data())
        .add("Application-UUID", execution.id());
  }

  WireEvent ofChannel(String name, ChannelState channel) {
    WireEvent event = base(name);
    basics(event, channel);
    event
        .add("variable_uuid", channel.uuid())
        .add("variable_direction", channel.outbound() ? "outbound" : "inbound");
    channel.variables().forEach((key, value) -> event.add("variable_" + key, value));
    return event;
  }

  private static void basics(WireEvent event, ChannelState channel) {
    boolean gone = channel.phase() == ChannelState.Phase.HUNG_UP;
    String direction = channel.outbound() ? "outbound" : "inbound";
    event
        .add("Channel-State", gone ? "CS_HANGUP" : "CS_EXECUTE")
        .add("Channel-Call-State", gone ? "HANGUP" : callState(channel))
        .add("Channel-State-Number", gone ? 10 : 4)
        .add("Channel-Name", "sim/" + channel.callerNumber() + "/" + channel.destination())
        .add("Unique-ID", channel.uuid())
        .add("Call-Direction", direction)
        .add("Presence-Call-Direction", direction)
        .add("Channel-HIT-Dialplan", true)
        .add("Channel-Call-UUID", channel.uuid())
        .add("Answer-State", gone ? "hangup" : answerState(channel));
    if (channel.cause() != null) {
      event.add("Hangup-Cause", channel.cause().name());
    }
    event
        .add("Channel-Read-Codec-Name", "L16")
        .add("Channel-Read-Codec-Rate", 8000)
        .add("Caller-Direction", direction)
        .add("Caller-Logical-Direction", direction)
        .add("Caller-Dialplan", "xml")
        .add("Caller-Caller-ID-Name", channel.callerName())
        .add("Caller-Caller-ID-Number", channel.callerNumber())
        .add("Caller-ANI", channel.callerNumber())
        .add("Caller-Destination-Number", channel.destination())
        .add("Caller-Unique-ID", channel.uuid())
        .add("Caller-Source", "mod_simulated")
        .add("Caller-Context", "default")
        .add("Caller-Channel-Name", "sim/" + channel.callerNumber());
  }

  private static String callState(ChannelState channel) {
    return channel.answeredAt() == null ? "RINGING" : "ACTIVE";
  }

  private static String answerState(ChannelState channel) {
    return channel.answeredAt() == null ? "ringing" : "answered";
  }
}
