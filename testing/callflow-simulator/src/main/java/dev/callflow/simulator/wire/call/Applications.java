package dev.callflow.simulator.wire.call;

import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SimKeyAction;
import dev.callflow.simulator.wire.setup.SimRoomProfile;
import dev.callflow.simulator.wire.text.CNumber;
import dev.callflow.simulator.wire.text.ConferenceArgument;
import dev.callflow.simulator.wire.text.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Parses the names and arguments of dialplan applications
 * (docs/spec/mod-conference.md#application).
 */
public final class Applications {

  /** A substitution that leaves the values of variables unchanged. */
  static final UnaryOperator<String> UNCHANGED = text -> text;

  private static final int MAX_ASSIGNMENTS = 256;

  private static final String FLAG_VARIABLE = "conference_member_flags_";

  private final Map<String, SimRoomProfile> profiles;
  private final Map<String, Map<String, SimKeyAction>> controls;

  public Applications(
      Map<String, SimRoomProfile> profiles, Map<String, Map<String, SimKeyAction>> controls) {
    this.profiles = profiles;
    this.controls = controls;
  }

  /**
   * Parses an application; returns empty if FreeSWITCH has no application of that name.
   *
   * @param substitution replaces the references in the values of variables; this is a second pass,
   *     after the references in the whole argument have been replaced
   */
  Optional<Application> read(
      String name, String data, ChannelState channel, UnaryOperator<String> substitution) {
    return Optional.ofNullable(
        switch (name.toLowerCase(Locale.ROOT)) {
          case "answer" -> new Application.Answer();
          case "ring_ready" -> new Application.Ring();
          case "pre_answer" -> new Application.PreAnswer();
          case "event", "log", "eval", "info" -> new Application.Assign(Map.of());
          case "export" -> new Application.Assign(export(data, channel));
          case "playback" ->
              new Application.Playback(
                  beforeOffset(data), terminators(channel), false, playbackLimit(channel));
          case "endless_playback" -> new Application.Playback(data, terminators(channel), true);
          case "speak" -> speak(data, channel);
          case "play_and_get_digits" -> collect(data);
          case "record" -> record(data, channel);
          case "sleep" -> new Application.Sleep(Duration.ofMillis(number(data)));
          case "set" -> new Application.Assign(assignment(data, substitution));
          case "unset" -> new Application.Assign(Map.of(data.strip(), ""));
          case "multiset" -> new Application.Assign(assignments(data, substitution));
          case "hangup" ->
              new Application.HangUp(
                  data.isBlank() ? HangupCause.NORMAL_CLEARING : HangupCause.of(data.strip()));
          case "respond" -> respond(data, channel);
          case "conference" -> conference(data, channel);
          case "transfer" -> transfer(data);
          case "park" -> new Application.Park();
          case "echo" -> new Application.Echo();
          default -> null;
        });
  }

  /**
   * Parses {@code respond}, which sends a SIP response; on the far half of a loopback call, it has
   * no effect.
   */
  private static Application respond(String data, ChannelState channel) {
    return channel.variable("loopback_leg").isPresent()
        ? new Application.Assign(Map.of())
        : new Application.HangUp(sipCause(data.strip().split(" ")[0]));
  }

  /** Returns the limit of a playback. Like FreeSWITCH, ignores a limit of one second. */
  private static Optional<Duration> playbackLimit(ChannelState channel) {
    return channel
        .variable("playback_timeout_sec")
        .map(Applications::number)
        .filter(seconds -> seconds > 1)
        .map(Duration::ofSeconds);
  }

  private static String terminators(ChannelState channel) {
    return switch (channel.variable("playback_terminators").orElse("*")) {
      case "none" -> "";
      case "any" -> Application.Playback.ANY_KEY;
      default -> channel.variable("playback_terminators").orElse("*");
    };
  }

  private static Application speak(String data, ChannelState channel) {
    List<String> parts = Words.of(data, '|', 3);
    String engine = parts.size() < 3 ? channel.variable("tts_engine").orElse("") : parts.getFirst();
    String voice =
        parts.size() < 2 ? channel.variable("tts_voice").orElse("") : parts.get(parts.size() - 2);
    return engine.isEmpty() || voice.isEmpty()
        ? new Application.HangUp(HangupCause.DESTINATION_OUT_OF_ORDER)
        : new Application.Speak(
            engine, voice, Words.tail(data, '|', parts.size()), terminators(channel));
  }

  /** Removes the start offset from {@code FILE@@SAMPLES}. */
  private static String beforeOffset(String data) {
    int at = data.indexOf('@');
    return at >= 0 && data.startsWith("@@", at) ? data.substring(0, at) : data;
  }

  /**
   * Parses {@code NUMBER DIALPLAN CONTEXT}. Transferring the other leg has no effect, because a
   * simulated call has only one leg.
   */
  private static Application transfer(String data) {
    List<String> words = Words.of(data, ' ', 4);
    return words.isEmpty() || words.getFirst().startsWith("-b")
        ? new Application.Assign(Map.of())
        : new Application.Transfer(
            words.getFirst(), words.size() > 1 && words.get(1).equalsIgnoreCase("inline"));
  }

  /** Parses {@code MIN MAX TRIES TIMEOUT TERMINATORS FILE INVALID VARIABLE REGEX DIGIT_TIMEOUT}. */
  private static Application collect(String data) {
    String[] words = Words.of(data, ' ', 11).toArray(String[]::new);
    Duration timeout = Duration.ofMillis(words.length > 3 ? number(words[3]) : 5000);
    return new Application.Collect(
        words.length > 5 ? words[5] : "",
        words.length > 6 ? words[6] : "",
        words.length > 0 ? (int) number(words[0]) : 0,
        words.length > 1 ? (int) number(words[1]) : 1,
        words.length > 2 ? (int) number(words[2]) : 1,
        words.length > 4 ? words[4] : "#",
        timeout,
        words.length > 9 ? Duration.ofMillis(number(words[9])) : timeout,
        words.length > 7 ? words[7] : "digits",
        words.length > 8 ? words[8] : ".*");
  }

  private static Application record(String data, ChannelState channel) {
    String[] words = Words.of(data, ' ', 4).toArray(String[]::new);
    return new Application.Record(
        words.length > 0 ? words[0] : "",
        terminators(channel),
        Duration.ofSeconds(words.length > 1 ? number(words[1]) : 3600),
        Duration.ofSeconds(words.length > 3 ? number(words[3]) : 0));
  }

  /** Parses {@code NAME=VALUE} or {@code NAME,VALUE}. */
  private static Map<String, String> assignment(String data, UnaryOperator<String> substitution) {
    int equals = data.indexOf('=') < 0 ? data.indexOf(',') : data.indexOf('=');
    String name = equals < 0 ? data : data.substring(0, equals);
    return name.isEmpty()
        ? Map.of()
        : Map.of(name, equals < 0 ? "" : substitution.apply(data.substring(equals + 1)));
  }

  private static Map<String, String> assignments(String data, UnaryOperator<String> substitution) {
    boolean marked = data.startsWith("^^") && data.length() > 2;
    Map<String, String> all = new LinkedHashMap<>();
    for (String one :
        Words.of(
            marked ? data.substring(3) : data, marked ? data.charAt(2) : ' ', MAX_ASSIGNMENTS)) {
      all.putAll(assignment(one, substitution));
    }
    return all;
  }

  /** Parses an exported variable, which legs dialled by the channel inherit. */
  private static Map<String, String> export(String data, ChannelState channel) {
    int equals = data.indexOf('=');
    if (equals <= 0 || equals == data.length() - 1) {
      return equals == 0 || data.isEmpty() ? Map.of() : Map.of(data.replace("=", ""), "");
    }
    String name = data.substring(0, equals);
    Map<String, String> all = new LinkedHashMap<>();
    all.put(name, data.substring(equals + 1));
    all.put(
        "export_vars",
        channel.variable("export_vars").map(before -> before + "," + name).orElse(name));
    return all;
  }

  private Application conference(String data, ChannelState channel) {
    ConferenceArgument argument = ConferenceArgument.of(data);
    Set<String> flags = new LinkedHashSet<>(argument.flags());
    channel
        .variable("conference_member_flags")
        .ifPresent(more -> flags.addAll(ConferenceArgument.flags(more)));
    channel
        .variables()
        .forEach((name, value) -> {
          if (name.startsWith(FLAG_VARIABLE) && value.equals("true")) {
            flags.add(name.substring(FLAG_VARIABLE.length()));
          }
        });
    flags.remove("");
    String name = argument.profile().strip();
    ProfileReader profile = new ProfileReader(profiles.getOrDefault(name, SimRoomProfile.PLAIN));
    // If a profile is not configured, FreeSWITCH reports its name as "none".
    boolean known = profiles.isEmpty() || profiles.containsKey(name);
    return new Application.Join(
        argument.room(),
        known ? name : "none",
        flags,
        profile.rules(
            Set.copyOf(ConferenceArgument.flags(channel.variable("conference_flags").orElse("")))),
        keys(channel, profile, flags),
        new Application.Join.Levels(
            level(channel, "conference_join_energy_level", known ? profile.energy() : 0, 0, 1800),
            level(channel, "conference_join_volume_in", 0, -4, 4),
            level(channel, "conference_join_volume_out", 0, -4, 4)),
        channel.variable("conference_silent_entry").filter("true"::equals).isPresent(),
        channel.variable("conference_enter_sound"),
        channel.variable("conference_exit_sound"),
        maxMembers(channel, profile),
        channel
            .variable("conference_enforce_security")
            .map("true"::equals)
            .orElse(!channel.outbound()),
        channel.variable("hangup_after_conference").orElse("true").equals("false"));
  }

  private static int level(ChannelState channel, String name, int fallback, int min, int max) {
    return channel
        .variable(name)
        .map(text -> Math.clamp(CNumber.of(text), min, max))
        .orElse(fallback);
  }

  /**
   * Returns the actions that the member's keys trigger. There are none if the control group is
   * unknown or the member has the flag dist-dtmf.
   */
  private Map<String, SimKeyAction> keys(
      ChannelState channel, ProfileReader profile, Set<String> flags) {
    return flags.contains("dist-dtmf")
        ? Map.of()
        : controls.getOrDefault(
            channel
                .variable("conference_controls")
                .orElse(profile.controls(flags.contains("moderator"))),
            Map.of());
  }

  private static OptionalInt maxMembers(ChannelState channel, ProfileReader profile) {
    long max = channel.variable("conference_max_members").map(Applications::number).orElse(0L);
    return max < 2 ? profile.maxMembers() : OptionalInt.of((int) max);
  }

  /** Returns the hangup cause that corresponds to a SIP response code. */
  private static HangupCause sipCause(String code) {
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
