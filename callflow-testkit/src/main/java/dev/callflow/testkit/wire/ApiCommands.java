package dev.callflow.testkit.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.testkit.model.Application;
import dev.callflow.testkit.model.ChannelState;
import dev.callflow.testkit.model.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code api} commands that the simulated FreeSWITCH has. */
final class ApiCommands {

  private static final Pattern ORIGINATE =
      Pattern.compile("(?:\\{([^}]*)}\\s*)?(?:loopback|sim)/([^/ ]+)(?:/\\S*)?(?:\\s+.*)?");

  private static final Duration LONGEST_RINGING = Duration.ofSeconds(60);

  private static final String NO_CHANNEL = "-ERR No such channel!\n";

  private final SimulatedFreeSwitch freeSwitch;
  private final Supplier<String> coreUuid;
  private final String hostname;
  private final ConferenceApi conference;

  ApiCommands(
      SimulatedFreeSwitch freeSwitch,
      Supplier<String> coreUuid,
      String hostname,
      Supplier<Instant> now) {
    this.freeSwitch = freeSwitch;
    this.coreUuid = coreUuid;
    this.hostname = hostname;
    this.conference =
        new ConferenceApi(
            freeSwitch.model().rooms(), new ConferenceCalls(freeSwitch), freeSwitch::faults, now);
  }

  String run(String line) {
    String[] words = line.split(" ", 2);
    String arguments = words.length > 1 ? words[1].strip() : "";
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "conference" -> conference.run(arguments);
      case "status" -> status();
      case "version" -> "FreeSWITCH Version 1.11.2-simulated~64bit ( 64bit)\n";
      case "hostname" -> hostname;
      case "global_getvar" ->
          switch (arguments) {
            case "core_uuid" -> coreUuid.get();
            case "domain", "local_ip_v4" -> "127.0.0.1";
            case "hostname", "switchname" -> hostname;
            default -> "";
          };
      case "echo" -> arguments;
      case "file_exists" ->
          String.valueOf(freeSwitch.model().recordings().contains(arguments.strip()));
      case "spawn_stream" -> spawn(arguments);
      case "msleep" -> sleep(arguments);
      case "create_uuid" -> UUID.randomUUID().toString();
      case "originate" -> originate(arguments);
      case "uuid_exists" -> String.valueOf(freeSwitch.model().channel(arguments).isPresent());
      case "uuid_kill" -> kill(arguments);
      case "uuid_send_dtmf", "uuid_recv_dtmf" -> press(arguments);
      case "uuid_getvar" -> variable(arguments);
      case "uuid_setvar" -> setVariable(arguments);
      case "uuid_break" -> breakOff(arguments);
      case "uuid_transfer" -> transfer(arguments);
      case "uuid_dump" -> dump(arguments);
      case "uuid_answer" -> execute(arguments, "answer", "", new Application.Answer(), "+OK\n");
      case "uuid_broadcast" -> broadcast(arguments);
      case "show" -> show(arguments);
      case "hupall" -> {
        freeSwitch
            .model()
            .channels()
            .forEach(channel ->
                freeSwitch
                    .model()
                    .hangUp(channel.uuid(), EndedBy.SWITCH, new HangupCause("MANAGER_REQUEST")));
        yield "+OK hangup all channels with cause MANAGER_REQUEST\n";
      }
      default -> "-ERR " + words[0] + " Command not found!\n";
    };
  }

  private String status() {
    int sessions = freeSwitch.model().channels().size();
    return """
    UP 0 years, 0 days, 0 hours, 0 minutes, 1 second, 0 milliseconds, 0 microseconds
    FreeSWITCH (Version 1.11.2-simulated  64bit) is ready
    %d session(s) since startup
    %d session(s) - peak %d, last 5min %d\s
    %d session(s) per Sec out of max 1000, peak %d, last 5min %d\s
    5000 session(s) max
    min idle cpu 0.00/100.00
    Current Stack Size/Max 240K/8192K
    """
        .formatted(sessions, sessions, sessions, sessions, sessions, sessions, sessions);
  }

  /** The one program that there is: it deletes a recording. */
  private String spawn(String arguments) {
    if (arguments.startsWith("rm -f -- ")) {
      freeSwitch.model().discard(arguments.substring("rm -f -- ".length()));
    }
    return "";
  }

  private String sleep(String millis) {
    freeSwitch.pause(Duration.ofMillis(millis.matches("\\d{1,6}") ? Long.parseLong(millis) : 0));
    return "+OK";
  }

  private String originate(String arguments) {
    if (Originate.isMeant(arguments)) {
      return freeSwitch.originate().run(arguments);
    }
    Matcher matcher = ORIGINATE.matcher(arguments);
    if (!matcher.matches()) {
      return "-USAGE: <call url> <exten>|&<application_name>(<app_args>)\n";
    }
    Map<String, String> variables = new HashMap<>();
    if (matcher.group(1) != null) {
      for (String pair : matcher.group(1).split(",")) {
        String[] parts = pair.split("=", 2);
        variables.put(parts[0].strip(), parts.length > 1 ? parts[1].replace("'", "") : "");
      }
    }
    String uuid = variables.getOrDefault("origination_uuid", UUID.randomUUID().toString());
    freeSwitch.call(
        uuid,
        variables.getOrDefault("origination_caller_id_number", "0000000000"),
        variables.getOrDefault("origination_caller_id_name", ""),
        matcher.group(2),
        variables);
    freeSwitch
        .history()
        .await(
            LONGEST_RINGING,
            () ->
                freeSwitch.history().cause(uuid).isPresent()
                    || freeSwitch.history().wasAnswered(uuid));
    return freeSwitch.history().wasAnswered(uuid)
        ? "+OK " + uuid + "\n"
        : "-ERR " + freeSwitch.history().cause(uuid).orElse("NO_ANSWER") + "\n";
  }

  private Optional<ChannelState> channel(String arguments) {
    return freeSwitch.model().channel(arguments.split(" ")[0]);
  }

  private String kill(String arguments) {
    String[] words = arguments.split(" ");
    if (arguments.isEmpty()) {
      return "-USAGE: <uuid> [cause]\n";
    }
    if (channel(arguments).isEmpty()) {
      return NO_CHANNEL;
    }
    freeSwitch
        .model()
        .hangUp(
            words[0],
            EndedBy.ENGINE,
            words.length > 1 ? HangupCause.of(words[1]) : HangupCause.NORMAL_CLEARING);
    return "+OK\n";
  }

  private String press(String arguments) {
    String[] words = arguments.split(" ", 2);
    if (channel(arguments).isEmpty() || words.length < 2) {
      return NO_CHANNEL;
    }
    for (char key : words[1].split("@")[0].toCharArray()) {
      freeSwitch.model().press(words[0], key);
    }
    return "+OK\n";
  }

  private String variable(String arguments) {
    String[] words = arguments.split(" ", 2);
    return channel(arguments)
        .map(state -> words.length < 2 ? "_undef_" : state.variable(words[1]).orElse("_undef_"))
        .orElse(NO_CHANNEL);
  }

  private String setVariable(String arguments) {
    String[] words = arguments.split(" ", 3);
    if (channel(arguments).isEmpty() || words.length < 2) {
      return NO_CHANNEL;
    }
    freeSwitch.model().assign(words[0], Map.of(words[1], words.length > 2 ? words[2] : ""));
    return "+OK\n";
  }

  /** Only files, and only to the leg itself. */
  private String broadcast(String arguments) {
    String[] words = arguments.split(" ");
    if (words.length < 2) {
      return "-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n";
    }
    return execute(
        words[0],
        "playback",
        words[1],
        new Application.Playback(words[1], "", false),
        "+OK Message sent\n");
  }

  private String execute(
      String channel, String name, String data, Application what, String answer) {
    if (channel(channel).isEmpty()) {
      return NO_CHANNEL;
    }
    boolean silent = what instanceof Application.Answer;
    if (!silent || channel(channel).orElseThrow().answeredAt() == null) {
      freeSwitch
          .model()
          .execute(channel, new Execution(UUID.randomUUID().toString(), name, data, what, false));
    }
    return answer;
  }

  private String breakOff(String arguments) {
    if (channel(arguments).isEmpty()) {
      return NO_CHANNEL;
    }
    freeSwitch.model().stopPlaying(arguments.split(" ")[0], arguments.endsWith(" all"));
    return "+OK\n";
  }

  private String transfer(String arguments) {
    String[] words = arguments.split(" ");
    if (channel(arguments).isEmpty() || words.length < 2) {
      return NO_CHANNEL;
    }
    freeSwitch.model().transfer(words[0], words[1]);
    return "+OK\n";
  }

  private String dump(String arguments) {
    return channel(arguments)
        .map(state -> freeSwitch.events().dump(state).lines() + "\n")
        .orElse(NO_CHANNEL);
  }

  private String show(String what) {
    List<ChannelState> channels = freeSwitch.model().channels();
    StringBuilder text = new StringBuilder();
    if (!channels.isEmpty() && !what.contains("count")) {
      text.append("uuid,cid_name,cid_num,dest,callstate\n");
      for (ChannelState channel : channels) {
        text.append(
                String.join(
                    ",",
                    channel.uuid(),
                    channel.callerName(),
                    channel.callerNumber(),
                    channel.destination(),
                    channel.phase().name()))
            .append('\n');
      }
    }
    return text.append('\n').append(channels.size()).append(" total.\n").toString();
  }
}
