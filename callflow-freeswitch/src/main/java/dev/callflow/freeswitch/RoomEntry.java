package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.freeswitch.SwitchText.Word;
import dev.callflow.freeswitch.sound.ExitSounds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Puts a leg into a room, on this or another switch, and detects when it has entered or left the
 * room. Guarded by the leg's lock.
 */
final class RoomEntry {

  private final CallId id;
  private final LegApplications applications;
  private final LegEvents events;
  private final SoundFiles sounds;
  private final SwitchText text;

  /** The rooms, by the uuid of the application that puts the leg into the room. */
  private final Map<String, RoomId> entered = new LinkedHashMap<>(1);

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
   * Puts the leg into a room and configures the room through channel variables
   * (docs/spec/mod-conference.md#delivering-a-profile).
   */
  void enter(RoomId room, String roomName, JoinOptions options, String defaultProfile) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("hangup_after_conference", "false");
    variables.put("conference_enforce_security", "false");
    variables.put("conference_controls", "none");
    // An empty value removes the tone of a room in which the leg was before.
    variables.put(
        "conference_enter_sound", options.enterSound().map(sounds::file).orElse(sounds.noTone()));
    // The exit sound is played by a command; the variable is for a host that adopts the leg.
    variables.put("conference_exit_sound", sounds.noTone());
    variables.put(ExitSounds.VARIABLE, options.exitSound().map(sounds::file).orElse(""));
    variables.put("conference_max_members", String.valueOf(options.maxMembers().orElse(0)));
    JoinOptions.Mixing mixing = options.mixing();
    mixing.music().ifPresent(music -> variables.put("conference_moh_sound", sounds.file(music)));
    number(variables, "conference_join_energy_level", mixing.energyLevel());
    number(variables, "conference_force_rate", mixing.rate());
    number(variables, "conference_force_interval", mixing.interval());
    number(variables, "conference_force_channels", mixing.channels());
    RoomNames.variables(room).forEach((name, value) -> variables.put("confvar_" + name, value));
    String profile = options.profile().isEmpty() ? defaultProfile : options.profile();
    execute(
        room,
        variables,
        "conference",
        roomName + "@" + text.word(Word.NAME, profile) + "+flags{" + flags(options) + "}");
  }

  private static void number(Map<String, String> variables, String name, OptionalInt value) {
    value.ifPresent(number -> variables.put(name, String.valueOf(number)));
  }

  private static String flags(JoinOptions options) {
    return String.join("|", options.flags().stream().map(MemberFlag::word).sorted().toList());
  }

  /** Bridges the leg to a room on another switch, with a dial string from {@link DialStrings}. */
  void bridge(RoomId room, String dialString) {
    Map<String, String> variables = new LinkedHashMap<>();
    // Let the callflow continue when the bridge has ended.
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

  /** Reports that the far end of the leg's bridge has entered the room. */
  void bridged(RoomSignal.Entered signal) {
    inRoom = true;
    events.publish(signal);
  }

  /**
   * Handles a conference event; if it shows that the leg has entered its room, reports the entry.
   */
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

  /** Returns whether the leg is in a room, on this or another switch. */
  boolean isInRoom() {
    return inRoom;
  }

  private static int memberNumber(EslEvent event) {
    return event
        .header("Member-ID")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  /**
   * Handles the end of an application.
   *
   * @return true if the application had put the leg into a room
   */
  boolean applicationEnded(String uuid) {
    RoomId room = entered.remove(uuid);
    if (room == null) {
      return false;
    }
    // After a hangup, the leg publishes only the hangup itself.
    if (!events.hasHungUp()) {
      events.publish(new RoomSignal.Left(room, inRoom));
    }
    inRoom = false;
    return true;
  }
}
