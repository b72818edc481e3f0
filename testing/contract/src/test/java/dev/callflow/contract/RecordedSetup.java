package dev.callflow.contract;

import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.setup.SimRoomProfile;
import dev.callflow.simulator.wire.setup.UserRights;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration of the recorded FreeSWITCH: its dialplan, profiles and sounds. */
final class RecordedSetup {

  /** An address that is not on the access list. */
  static final String STRANGER = "127.0.0.2";

  private static final String ENTER = "tone_stream://%(200,0,500,600,700)";
  private static final String EXIT = "tone_stream://%(500,0,300,200,100,50,25)";
  private static final String MUSIC = "local_stream://moh";
  private static final Pattern TONE = Pattern.compile("tone_stream://%\\((\\d+),(\\d+),.*");

  private static final Map<String, String> CALLER_KEYS =
      Map.ofEntries(
          Map.entry("0", "mute"),
          Map.entry("*", "deaf mute"),
          Map.entry("9", "energy up"),
          Map.entry("8", "energy equ"),
          Map.entry("7", "energy dn"),
          Map.entry("3", "vol talk up"),
          Map.entry("2", "vol talk zero"),
          Map.entry("1", "vol talk dn"),
          Map.entry("6", "vol listen up"),
          Map.entry("5", "vol listen zero"),
          Map.entry("4", "vol listen dn"),
          Map.entry("11", "event"),
          Map.entry("#", "hangup"));

  private static final Map<String, String> MODERATOR_KEYS =
      Map.of("0", "mute", "*", "deaf mute", "5", "lock", "11", "event", "#", "hangup");

  private static final Map<String, Integer> SOUNDS =
      Map.ofEntries(
          Map.entry("conf-welcome", 1911),
          Map.entry("conf-goodbye", 1000),
          Map.entry("conf-pin", 1670),
          Map.entry("conf-enter_conf_pin", 3960),
          Map.entry("conf-bad-pin", 1928),
          Map.entry("conf-joining", 1860),
          Map.entry("conf-left", 1850),
          Map.entry("conf-alone", 2620),
          Map.entry("conf-muted", 1440),
          Map.entry("conf-unmuted", 1510),
          Map.entry("conf-deaf", 2570),
          Map.entry("conf-undeaf", 2360),
          Map.entry("conf-locked", 1850),
          Map.entry("conf-is-locked", 2030),
          Map.entry("conf-is-unlocked", 2130),
          Map.entry("conf-kicked", 2510),
          Map.entry("conf-max-members", 1770),
          Map.entry("1", 836));

  private RecordedSetup() {}

  static SimulatedFreeSwitch.Builder of(SimulatedFreeSwitch.Builder builder) {
    return builder
        .media(RecordedSetup::length)
        .accessList(address -> !address.getHostAddress().equals(STRANGER))
        .recordable(file -> !file.startsWith("/proc/"))
        .controls("default", CALLER_KEYS)
        .controls("moderator", MODERATOR_KEYS)
        .user(
            "1000@127.0.0.1",
            "eslpw",
            new UserRights(
                List.of(
                    "CHANNEL_CREATE",
                    "CHANNEL_ANSWER",
                    "CHANNEL_HANGUP",
                    "BACKGROUND_JOB",
                    "CUSTOM",
                    "conference::maintenance"),
                List.of("status", "version", "originate", "bgapi"),
                false))
        .extension("3000", "socket")
        .extension("3001", "socket", "set after_socket=reached", "answer", "echo")
        .extension("3002", "socket full")
        .extension("3003", "socket async")
        .extension("3004", "socket static")
        .extension("mod-([a-z0-9]+)", "answer", "conference $1@default+flags{moderator}")
        .extension("room-([a-z0-9]+)-([a-z]+)", "answer", "conference $1@$2")
        .extension("room-([a-z0-9]+)", "answer", "conference $1@default")
        .extension("tone", "answer", "endless_playback local_stream://tone")
        .extension("talker", "answer", "endless_playback local_stream://talk")
        .extension("nosuchnumber")
        .extension("busy", "respond 486 Busy Here", "hangup USER_BUSY")
        .extension("ring", "ring_ready", "sleep 20000", "hangup NO_ANSWER")
        .profile("default", tones(Map.of()))
        .profile("wait", tones(Map.of("moh-sound", MUSIC, "conference-flags", "wait-mod")))
        .profile("grace", tones(Map.of("endconf-grace-time", "2")))
        .profile(
            "pin",
            tones(
                Map.of(
                    "pin", "1234",
                    "moderator-pin", "4321",
                    "pin-retries", "3",
                    "pin-sound", "conference/conf-enter_conf_pin.wav",
                    "bad-pin-sound", "conference/conf-bad-pin.wav")))
        .profile(
            "small",
            tones(
                Map.of("max-members", "2", "max-members-sound", "conference/conf-max-members.wav")))
        .profile(
            "prompts",
            new SimRoomProfile(
                Map.ofEntries(
                    Map.entry("moderator-controls", "moderator"),
                    Map.entry("enter-sound", "conference/conf-joining.wav"),
                    Map.entry("exit-sound", "conference/conf-left.wav"),
                    Map.entry("muted-sound", "conference/conf-muted.wav"),
                    Map.entry("unmuted-sound", "conference/conf-unmuted.wav"),
                    Map.entry("deaf-sound", "conference/conf-deaf.wav"),
                    Map.entry("undeaf-sound", "conference/conf-undeaf.wav"),
                    Map.entry("alone-sound", "conference/conf-alone.wav"),
                    Map.entry("moh-sound", MUSIC),
                    Map.entry("kicked-sound", "conference/conf-kicked.wav"),
                    Map.entry("locked-sound", "conference/conf-locked.wav"),
                    Map.entry("is-locked-sound", "conference/conf-is-locked.wav"),
                    Map.entry("is-unlocked-sound", "conference/conf-is-unlocked.wav"),
                    Map.entry("pin-sound", "conference/conf-enter_conf_pin.wav"),
                    Map.entry("bad-pin-sound", "conference/conf-bad-pin.wav"),
                    Map.entry("max-members-sound", "conference/conf-max-members.wav"))));
  }

  private static SimRoomProfile tones(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("moderator-controls", "moderator");
    all.put("enter-sound", ENTER);
    all.put("exit-sound", EXIT);
    return new SimRoomProfile(all);
  }

  private static Optional<Duration> length(String file) {
    if (file.startsWith("local_stream://") || file.contains("loops=-1")) {
      return Optional.of(MediaLibrary.ENDLESS);
    }
    if (file.startsWith("silence_stream://")) {
      int millis = Integer.parseInt(file.replaceAll("\\D", ""));
      return Optional.of(Duration.ofMillis(Math.max(millis, 20)));
    }
    Matcher tone = TONE.matcher(file);
    if (tone.matches()) {
      return Optional.of(Duration.ofMillis(Long.parseLong(tone.group(1))));
    }
    return SOUNDS.entrySet().stream()
        .filter(sound -> file.endsWith("/" + sound.getKey() + ".wav"))
        .map(sound -> Duration.ofMillis(sound.getValue()))
        .findFirst();
  }
}
