package dev.callflow.testkit.wire;

import dev.callflow.core.call.HangupCause;
import dev.callflow.testkit.model.Application;
import dev.callflow.testkit.model.ChannelState;
import dev.callflow.testkit.model.KeyAction;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a dialplan application's name and argument mean (spec of mod_conference, 2.3). */
final class Applications {

  private static final Pattern FLAGS = Pattern.compile("\\+flags\\{([^}]*)}");

  private static final String FLAG_VARIABLE = "conference_member_flags_";

  private final Map<String, RoomProfile> profiles;
  private final Map<String, Map<String, KeyAction>> controls;

  Applications(Map<String, RoomProfile> profiles, Map<String, Map<String, KeyAction>> controls) {
    this.profiles = profiles;
    this.controls = controls;
  }

  /** The application; empty if FreeSWITCH has none of that name. */
  Optional<Application> read(String name, String data, ChannelState channel) {
    return Optional.ofNullable(
        switch (name.toLowerCase(Locale.ROOT)) {
          case "answer" -> new Application.Answer();
          case "ring_ready" -> new Application.Ring();
          case "pre_answer", "event", "log", "export" -> new Application.Assign(Map.of());
          case "playback" -> new Application.Playback(data, terminators(channel), false);
          case "endless_playback" -> new Application.Playback(data, terminators(channel), true);
          case "speak" -> speak(data, channel);
          case "play_and_get_digits" -> collect(data);
          case "record" -> record(data, channel);
          case "sleep" -> new Application.Sleep(Duration.ofMillis(number(data)));
          case "set" -> new Application.Assign(assignment(data));
          case "unset" -> new Application.Assign(Map.of(data.strip(), ""));
          case "multiset" -> new Application.Assign(assignments(data));
          case "hangup" ->
              new Application.HangUp(
                  data.isBlank() ? HangupCause.NORMAL_CLEARING : HangupCause.of(data.strip()));
          case "respond" -> respond(data, channel);
          case "conference" -> conference(data, channel);
          case "transfer" -> new Application.Transfer(data.strip().split(" ")[0]);
          case "park" -> new Application.Park();
          case "echo" -> new Application.Echo();
          default -> null;
        });
  }

  /** A SIP answer, which the far half of a loopback call has nobody to give to. */
  private static Application respond(String data, ChannelState channel) {
    return channel.variable("loopback_leg").isPresent()
        ? new Application.Assign(Map.of())
        : new Application.HangUp(answered(data.strip().split(" ")[0]));
  }

  private static String terminators(ChannelState channel) {
    return switch (channel.variable("playback_terminators").orElse("*")) {
      case "none" -> "";
      case "any" -> Application.Playback.ANY_KEY;
      default -> channel.variable("playback_terminators").orElse("*");
    };
  }

  private static Application speak(String data, ChannelState channel) {
    String[] parts = data.split("\\|", 3);
    return parts.length < 3
        ? new Application.Speak("", "", data, terminators(channel))
        : new Application.Speak(parts[0], parts[1], parts[2], terminators(channel));
  }

  /** min max tries timeout terminators file invalid variable regex digit-timeout. */
  private static Application collect(String data) {
    String[] words = data.split(" +");
    Duration timeout = Duration.ofMillis(words.length > 3 ? number(words[3]) : 5000);
    return new Application.Collect(
        words.length > 5 ? words[5] : "",
        words.length > 6 ? words[6] : "",
        (int) number(words[0]),
        words.length > 1 ? (int) number(words[1]) : 1,
        words.length > 2 ? (int) number(words[2]) : 1,
        words.length > 4 ? words[4] : "#",
        timeout,
        words.length > 9 ? Duration.ofMillis(number(words[9])) : timeout,
        words.length > 7 ? words[7] : "digits",
        words.length > 8 ? words[8] : ".*");
  }

  private static Application record(String data, ChannelState channel) {
    String[] words = data.split(" +");
    return new Application.Record(
        words[0],
        terminators(channel),
        Duration.ofSeconds(words.length > 1 ? number(words[1]) : 3600),
        Duration.ofSeconds(words.length > 3 ? number(words[3]) : 0));
  }

  private static Map<String, String> assignment(String data) {
    int equals = data.indexOf('=');
    return equals < 0
        ? Map.of()
        : Map.of(data.substring(0, equals).strip(), data.substring(equals + 1));
  }

  private static Map<String, String> assignments(String data) {
    String separator = " ";
    String text = data;
    if (data.startsWith("^^") && data.length() > 2) {
      separator = data.substring(2, 3);
      text = data.substring(3);
    }
    Map<String, String> all = new LinkedHashMap<>();
    for (String one : text.split(Pattern.quote(separator))) {
      all.putAll(assignment(one));
    }
    return all;
  }

  private Application conference(String data, ChannelState channel) {
    Set<String> flags = new LinkedHashSet<>();
    Matcher matcher = FLAGS.matcher(data);
    String rest = data;
    if (matcher.find()) {
      flags.addAll(Arrays.asList(matcher.group(1).split("[|,]")));
      rest = matcher.replaceFirst("");
    }
    channel
        .variable("conference_member_flags")
        .ifPresent(more -> flags.addAll(Arrays.asList(more.split("[|,]"))));
    channel
        .variables()
        .forEach((name, value) -> {
          if (name.startsWith(FLAG_VARIABLE) && value.equals("true")) {
            flags.add(name.substring(FLAG_VARIABLE.length()));
          }
        });
    flags.remove("");
    rest = rest.replaceFirst("\\+.*", "");
    int at = rest.lastIndexOf('@');
    String wanted = at < 0 ? "default" : rest.substring(at + 1).strip();
    RoomProfile profile = profiles.getOrDefault(wanted, RoomProfile.PLAIN);
    // FreeSWITCH knows only the profiles of its configuration, and calls every other one "none".
    boolean known = profiles.isEmpty() || profiles.containsKey(wanted);
    return new Application.Join(
        at < 0 ? rest.strip() : rest.substring(0, at).strip(),
        known ? wanted : "none",
        flags,
        profile.rules(Set.of(channel.variable("conference_flags").orElse("").split("[|,]"))),
        keys(channel, profile, flags),
        new Application.Join.Levels(
            level(channel, "conference_join_energy_level", known ? profile.energy() : 0, 0, 1800),
            level(channel, "conference_join_volume_in", 0, -4, 4),
            level(channel, "conference_join_volume_out", 0, -4, 4)),
        channel.variable("conference_silent_entry").filter("true"::equals).isPresent(),
        channel.variable("conference_enter_sound"),
        channel.variable("conference_exit_sound"),
        most(channel, profile),
        channel
            .variable("conference_enforce_security")
            .map("true"::equals)
            .orElse(!channel.outbound()),
        channel.variable("hangup_after_conference").orElse("true").equals("false"));
  }

  private static int level(ChannelState channel, String name, int usual, int least, int most) {
    return channel
        .variable(name)
        .map(text -> Math.clamp(WireCommand.number(text), least, most))
        .orElse(usual);
  }

  /** An unknown group is like none; the flag dist-dtmf leaves a member without any. */
  private Map<String, KeyAction> keys(
      ChannelState channel, RoomProfile profile, Set<String> flags) {
    return flags.contains("dist-dtmf")
        ? Map.of()
        : controls.getOrDefault(
            channel
                .variable("conference_controls")
                .orElse(profile.controls(flags.contains("moderator"))),
            Map.of());
  }

  private static OptionalInt most(ChannelState channel, RoomProfile profile) {
    long most = channel.variable("conference_max_members").map(Applications::number).orElse(0L);
    return most < 2 ? profile.mostMembers() : OptionalInt.of((int) most);
  }

  /** What becomes of a call that is answered with a SIP code. */
  private static HangupCause answered(String code) {
    return switch (code) {
      case "404" -> new HangupCause("UNALLOCATED_NUMBER");
      case "403", "603" -> new HangupCause("CALL_REJECTED");
      case "480" -> new HangupCause("NO_USER_RESPONSE");
      case "486" -> new HangupCause("USER_BUSY");
      case "503" -> HangupCause.NORMAL_TEMPORARY_FAILURE;
      default -> code.matches("\\d+") ? HangupCause.NORMAL_CLEARING : HangupCause.of(code);
    };
  }

  private static long number(String text) {
    return text.strip().matches("\\d{1,9}") ? Long.parseLong(text.strip()) : 0;
  }
}
