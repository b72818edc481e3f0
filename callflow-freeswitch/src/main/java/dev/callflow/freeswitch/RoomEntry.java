package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.freeswitch.SwitchText.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Leads a leg into a room, here or on another switch, and notices when it is in and when it is out
 * again. Guarded by the leg's lock.
 */
final class RoomEntry {

  private final CallId id;
  private final LegApplications applications;
  private final LegEvents events;
  private final SoundFiles sounds;
  private final SwitchText text;

  /** By the uuid of the application. */
  private final Map<String, RoomId> entered = new LinkedHashMap<>();

  private boolean inRoom;

  RoomEntry(
      CallId id,
      LegApplications applications,
      LegEvents events,
      SoundFiles sounds,
      SwitchText text) {
    this.id = id;
    this.applications = applications;
    this.events = events;
    this.sounds = sounds;
    this.text = text;
  }

  /**
   * Puts the leg into a room; its own variables say how
   * (docs/spec/mod-conference.md#delivering-a-profile).
   */
  void enter(RoomId room, String roomName, JoinOptions entry, String defaultProfile) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("hangup_after_conference", "false");
    variables.put("conference_enforce_security", "false");
    variables.put("conference_controls", "none");
    // Unset would mean the profile's own sound.
    variables.put("conference_enter_sound", sound(entry.enterSound()));
    variables.put("conference_exit_sound", sound(entry.exitSound()));
    variables.put("conference_max_members", String.valueOf(entry.maxMembers().orElse(0)));
    JoinOptions.Mixing mixing = entry.mixing();
    mixing.music().ifPresent(music -> variables.put("conference_moh_sound", sounds.file(music)));
    number(variables, "conference_join_energy_level", mixing.energyLevel());
    number(variables, "conference_force_rate", mixing.rate());
    number(variables, "conference_force_interval", mixing.interval());
    number(variables, "conference_force_channels", mixing.channels());
    RoomNames.variables(room).forEach((name, value) -> variables.put("confvar_" + name, value));
    String profile = entry.profile().isEmpty() ? defaultProfile : entry.profile();
    execute(
        room,
        variables,
        "conference",
        roomName + "@" + text.word(Word.NAME, profile) + "+flags{" + flags(entry) + "}");
  }

  private static void number(Map<String, String> variables, String name, OptionalInt value) {
    value.ifPresent(number -> variables.put(name, String.valueOf(number)));
  }

  private String sound(Optional<Media> media) {
    return media.map(sounds::file).orElse("silence_stream://1");
  }

  private static String flags(JoinOptions entry) {
    return String.join("|", entry.flags().stream().map(MemberFlag::word).sorted().toList());
  }

  /** Leads the leg to a room on another switch; the argument is a dial string of ours. */
  void bridge(RoomId room, String dialString) {
    Map<String, String> variables = new LinkedHashMap<>();
    // The callflow goes on when the other side has ended.
    variables.put("hangup_after_bridge", "false");
    variables.put("park_after_bridge", "false");
    variables.put("continue_on_fail", "true");
    execute(room, variables, "bridge", dialString);
  }

  private void execute(
      RoomId room, Map<String, String> variables, String application, String argument) {
    text.multiset(variables).ifPresent(all -> applications.execute("multiset", all));
    String uuid = applications.execute(application, argument);
    inRoom = false;
    entered.put(uuid, room);
  }

  /** The far half of the bridge is in its room. */
  void bridged(RoomSignal.Entered signal) {
    inRoom = true;
    events.publish(signal);
  }

  /** Notices if an event of a room says that the leg is in it. */
  void roomEvent(EslEvent event) {
    boolean joins =
        event.subclass().equals(RoomEvents.SUBCLASS)
            && event.header("Action").filter("add-member"::equals).isPresent()
            && event.uuid().filter(id.value()::equals).isPresent();
    if (joins) {
      for (RoomId room : entered.values()) {
        inRoom = true;
        String instance = event.header("Conference-Unique-ID").orElse("");
        events.publish(new RoomSignal.Entered(room, instance, memberNumber(event)));
      }
    }
  }

  private static int memberNumber(EslEvent event) {
    return event
        .header("Member-ID")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  /**
   * Ends the stay in a room.
   *
   * @return false if the application was no stay in a room
   */
  boolean applicationEnded(String uuid) {
    RoomId room = entered.remove(uuid);
    if (room == null) {
      return false;
    }
    // A leg that has hung up has one event only, the hang-up.
    if (!events.hasHungUp()) {
      events.publish(new RoomSignal.Left(room, inRoom));
    }
    inRoom = false;
    return true;
  }
}
