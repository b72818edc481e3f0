package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.esl.message.EslEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Reads {@code conference::maintenance} events (docs/spec/mod-conference.md#conference-events). */
final class RoomEvents {

  static final String SUBCLASS = "conference::maintenance";

  private static final Pattern VOLUME = Pattern.compile("-?\\d");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

  private record Joined(int number, Instant at) {}

  private final RoomNames names;
  private final java.util.function.Supplier<Instant> now;
  private final Map<CallId, Joined> joined = new ConcurrentHashMap<>();

  RoomEvents(RoomNames names, java.util.function.Supplier<Instant> now) {
    this.names = names;
    this.now = now;
  }

  /** Converts an event of one of our rooms; returns an empty result for all other events. */
  Optional<MixerEvent> read(EslEvent event) {
    Optional<RoomId> room = names.room(event);
    Optional<String> instance = event.header("Conference-Unique-ID");
    if (room.isEmpty() || instance.isEmpty()) {
      return Optional.empty();
    }
    return read(event, room.get(), instance.get());
  }

  private Optional<MixerEvent> read(EslEvent event, RoomId room, String instance) {
    return switch (event.header("Action").orElse("")) {
      case "conference-create" -> Optional.of(new MixerEvent.Created(room, instance));
      case "conference-destroy" -> Optional.of(new MixerEvent.Destroyed(room, instance));
      case "add-member" ->
          member(event).map(member -> new MixerEvent.Added(room, instance, added(member)));
      case "del-member" ->
          member(event).map(member -> new MixerEvent.Removed(room, instance, removed(member)));
      case "mute-member" -> changed(event, room, instance, Change.MUTED);
      case "unmute-member" -> changed(event, room, instance, Change.UNMUTED);
      case "deaf-member" -> changed(event, room, instance, Change.DEAFENED);
      case "undeaf-member" -> changed(event, room, instance, Change.UNDEAFENED);
      case "start-talking" -> changed(event, room, instance, Change.TALKING);
      case "stop-talking" -> changed(event, room, instance, Change.SILENT);
      case "kick-member", "hup-member" -> changed(event, room, instance, Change.KICKED);
      case "energy-level-member" -> changed(event, room, instance, Change.ENERGY);
      case "volume-in-member" -> changed(event, room, instance, Change.TALK_VOLUME);
      case "volume-out-member" -> changed(event, room, instance, Change.LISTEN_VOLUME);
      case "floor-change" ->
          Optional.of(new MixerEvent.FloorChanged(room, instance, holder(event)));
      case "lock" -> Optional.of(new MixerEvent.Locked(room, instance, true));
      case "unlock" -> Optional.of(new MixerEvent.Locked(room, instance, false));
      case "play-file" ->
          event.header("Error").isPresent()
              ? Optional.empty()
              : Optional.of(new MixerEvent.PlayStarted(room, instance, text(event, "File")));
      case "play-file-done" ->
          Optional.of(new MixerEvent.PlayEnded(room, instance, text(event, "File")));
      case "start-recording" ->
          Optional.of(
              new MixerEvent.RecordingStarted(
                  room, instance, text(event, "Path"), event.header("Error").isPresent()));
      case "stop-recording" ->
          Optional.of(
              new MixerEvent.RecordingStopped(
                  room,
                  instance,
                  text(event, "Path"),
                  number(event, "Milliseconds-Elapsed"),
                  number(event, "Record-File-Size")));
      default -> Optional.empty();
    };
  }

  private Optional<MixerEvent> changed(
      EslEvent event, RoomId room, String instance, Change change) {
    return member(event).map(member -> new MixerEvent.Changed(room, instance, change, member));
  }

  private static Optional<CallId> holder(EslEvent event) {
    return event
        .header("New-ID")
        .filter(id -> !id.equals("none"))
        .flatMap(id -> event.uuid())
        .map(CallId::new);
  }

  private Optional<Member> member(EslEvent event) {
    return event.uuid().filter(uuid -> !uuid.isEmpty()).map(uuid -> member(event, uuid));
  }

  private Member member(EslEvent event, String uuid) {
    CallId call = new CallId(uuid);
    Joined since = joined.get(call);
    return new Member(
        call,
        (int) number(event, "Member-ID"),
        new Member.Party(
            text(event, "Caller-Caller-ID-Name"), text(event, "Caller-Caller-ID-Number")),
        flags(event),
        // Only the event about a volume change contains the volume.
        new Member.Levels(
            (int) number(event, "Energy-Level"),
            volume(event, "volume-in-member"),
            volume(event, "volume-out-member")),
        since == null ? now.get() : since.at());
  }

  private static Member.Flags flags(EslEvent event) {
    boolean muted = !isTrue(event, "Speak");
    return Member.Flags.NONE
        .with(Member.Flag.MODERATOR, text(event, "Member-Type").equals("moderator"))
        .with(Member.Flag.GHOST, isTrue(event, "Member-Ghost"))
        .with(Member.Flag.DEAF, !isTrue(event, "Hear"))
        .with(Member.Flag.MUTED, muted)
        // FreeSWITCH sends no stop-talking for a member who is muted while talking.
        .with(Member.Flag.TALKING, !muted && isTrue(event, "Talking"))
        .with(Member.Flag.FLOOR, isTrue(event, "Floor"));
  }

  private Member added(Member member) {
    joined.put(member.call(), new Joined(member.number(), member.joined()));
    return member;
  }

  private Member removed(Member member) {
    joined.remove(member.call());
    return member;
  }

  /** Stores the numbers of the listed members, in case their add-member events were missed. */
  void listed(MixerSnapshot snapshot) {
    snapshot
        .members()
        .forEach(member ->
            joined.putIfAbsent(member.call(), new Joined(member.number(), member.joined())));
  }

  /** Returns FreeSWITCH's number for a member, or 0 if it is unknown. */
  int number(CallId call) {
    Joined found = joined.get(call);
    return found == null ? 0 : found.number();
  }

  private static boolean isTrue(EslEvent event, String header) {
    return event.header(header).filter("true"::equals).isPresent();
  }

  private static String text(EslEvent event, String header) {
    return event.header(header).orElse("");
  }

  private static int volume(EslEvent event, String action) {
    return event.header("Action").filter(action::equals).isEmpty()
        ? 0
        : event
            .header("Volume-Level")
            .filter(text -> VOLUME.matcher(text).matches())
            .map(Integer::parseInt)
            .orElse(0);
  }

  private static long number(EslEvent event, String header) {
    return event
        .header(header)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Long::parseLong)
        .orElse(0L);
  }
}
