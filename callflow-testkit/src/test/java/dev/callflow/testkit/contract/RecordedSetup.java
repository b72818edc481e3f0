package dev.callflow.testkit.contract;

import dev.callflow.testkit.model.MediaLibrary;
import dev.callflow.testkit.wire.RoomProfile;
import dev.callflow.testkit.wire.SimulatedFreeSwitch;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the FreeSWITCH of the recordings was set up: its dialplan, profiles and sounds. */
final class RecordedSetup {

  private static final String ENTER = "tone_stream://%(200,0,500,600,700)";
  private static final String EXIT = "tone_stream://%(500,0,300,200,100,50,25)";
  private static final Pattern TONE = Pattern.compile("tone_stream://%\\((\\d+),(\\d+),.*");

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
          Map.entry("conf-max-members", 1770));

  private RecordedSetup() {}

  static SimulatedFreeSwitch.Builder of(SimulatedFreeSwitch.Builder builder) {
    RoomProfile tones = new RoomProfile(Optional.of(ENTER), Optional.of(EXIT), OptionalInt.empty());
    return builder
        .media(RecordedSetup::length)
        .extension("3000", "socket")
        .extension("3001", "socket", "set after_socket=reached", "answer", "echo")
        .extension("mod-([a-z0-9]+)", "answer", "conference $1@default+flags{moderator}")
        .extension("room-([a-z0-9]+)-([a-z]+)", "answer", "conference $1@$2")
        .extension("room-([a-z0-9]+)", "answer", "conference $1@default")
        .extension("tone", "answer", "endless_playback local_stream://tone")
        .extension("talker", "answer", "endless_playback local_stream://talk")
        .extension("busy", "respond 486 Busy Here", "hangup USER_BUSY")
        .extension("ring", "ring_ready", "sleep 20000", "hangup NO_ANSWER")
        .profile("default", tones)
        .profile("wait", tones)
        .profile("grace", tones)
        .profile("pin", tones)
        .profile(
            "prompts",
            new RoomProfile(
                Optional.of("conference/conf-joining.wav"),
                Optional.of("conference/conf-left.wav"),
                OptionalInt.empty()))
        .profile(
            "small", new RoomProfile(Optional.of(ENTER), Optional.of(EXIT), OptionalInt.of(2)));
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
      return Optional.of(Duration.ofMillis(2 * Long.parseLong(tone.group(1))));
    }
    return SOUNDS.entrySet().stream()
        .filter(sound -> file.endsWith("conference/" + sound.getKey() + ".wav"))
        .map(sound -> Duration.ofMillis(sound.getValue()))
        .findFirst();
  }
}
