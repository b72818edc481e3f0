package dev.callflow.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.wire.text.DialString;
import dev.callflow.simulator.wire.text.Substitution;
import dev.callflow.simulator.wire.text.Words;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The {@code api} commands that the simulated FreeSWITCH has. */
final class ApiCommands {

  /** What a caller may do that is one leg here: it has no far half to hear or be asked. */
  private static final Pattern CALLER =
      Pattern.compile("&(?:park|echo|playback|endless_playback|sleep)(?:\\(.*)?|[^&].*");

  private static final int MAX_VARIABLES = 64;

  private static final Duration MAX_RINGING = Duration.ofSeconds(60);

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
            case "hostname", "switchname" -> hostname;
            default -> freeSwitch.commands().global(arguments).orElse("");
          };
      case "global_setvar" -> {
        String[] pair = arguments.split("=", 2);
        freeSwitch.commands().setGlobal(pair[0], pair.length > 1 ? pair[1] : "");
        yield "+OK";
      }
      case "expand" -> expand(arguments);
      case "eval" -> freeSwitch.commands().substitute(arguments);
      case "md5" -> md5(arguments);
      case "bgapi" -> background(arguments);
      case "sched_api" -> schedule(arguments);
      // There is no shell here.
      case "system", "spawn", "bg_spawn" -> "";
      case "bg_system" -> "+OK\n";
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
      case "uuid_setvar_multi" -> setVariables(arguments);
      case "uuid_break" -> breakOff(arguments);
      case "uuid_transfer" -> transfer(arguments);
      case "uuid_dump" -> dump(arguments);
      case "uuid_answer" -> answer(arguments);
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

  private String expand(String arguments) {
    String[] words = arguments.split(" ", 2);
    return run(
        words.length < 2 ? words[0] : words[0] + " " + freeSwitch.commands().substitute(words[1]));
  }

  private static String md5(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** {@code +SECONDS GROUP COMMAND}. */
  private String schedule(String arguments) {
    String[] words = arguments.split(" ", 3);
    if (words.length < 3) {
      return "-ERR Invalid syntax. USAGE: [+@]<time> <group_name> <command_string>[&]\n";
    }
    int seconds = Math.max(WireCommand.number(words[0].replaceFirst("^[+@]", "")), 0);
    freeSwitch.later(
        Duration.ofSeconds(seconds), () -> freeSwitch.inBackground(() -> freeSwitch.api(words[2])));
    return "+OK Added: 1\n";
  }

  private String background(String line) {
    freeSwitch.inBackground(() -> freeSwitch.api(line));
    return "+OK Job-UUID: " + UUID.randomUUID() + "\n";
  }

  private String sleep(String millis) {
    freeSwitch.pause(Duration.ofMillis(millis.matches("\\d{1,6}") ? Long.parseLong(millis) : 0));
    return "+OK";
  }

  private String originate(String arguments) {
    List<String> words = Originate.words(arguments);
    if (words.isEmpty()) {
      return Originate.USAGE;
    }
    return caller(words)
        .map(this::originateCaller)
        .orElseGet(() -> freeSwitch.originate().run(words));
  }

  /** The one party that is called, if it is to be a caller of one leg. */
  private static Optional<DialString.Leg> caller(List<String> words) {
    List<DialString.Branch> branches = DialString.of(words.getFirst(), Map.of()).branches();
    if (!CALLER.matcher(words.get(1)).matches() || words.size() > 2 || branches.size() != 1) {
      return Optional.empty();
    }
    List<List<DialString.Leg>> alternatives = branches.getFirst().alternatives();
    return alternatives.size() != 1 || alternatives.getFirst().size() != 1
        ? Optional.empty()
        : Optional.of(alternatives.getFirst().getFirst())
            .filter(leg -> leg.endpoint().equals("loopback") || leg.endpoint().equals("sim"))
            .filter(leg -> leg.destination().matches("[^/=]+(/[^/]*)?"));
  }

  private String originateCaller(DialString.Leg leg) {
    String uuid =
        leg.option("origination_uuid")
            .filter(wanted -> freeSwitch.model().channel(wanted).isEmpty())
            .orElseGet(() -> UUID.randomUUID().toString());
    freeSwitch.originate().note(uuid, leg, leg.variables());
    freeSwitch.call(
        uuid,
        leg.option("origination_caller_id_number").orElse("0000000000"),
        leg.option("origination_caller_id_name").orElse(""),
        leg.destination().split("/")[0],
        leg.variables());
    freeSwitch
        .history()
        .await(
            MAX_RINGING,
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
    List<String> words = Words.of(arguments, ' ', 4);
    return channel(arguments)
        .map(state -> words.size() < 2 ? "_undef_" : state.variable(words.get(1)).orElse("_undef_"))
        .orElse(NO_CHANNEL);
  }

  private String setVariable(String arguments) {
    List<String> words = Words.of(arguments, ' ', 3);
    if (words.size() < 2 || freeSwitch.model().channel(words.getFirst()).isEmpty()) {
      return NO_CHANNEL;
    }
    assign(words.getFirst(), words.get(1), words.size() > 2 ? words.get(2) : "");
    return "+OK\n";
  }

  /** {@code UUID a=1;b=2}; values that refer to variables are left out. */
  private String setVariables(String arguments) {
    String[] words = arguments.split(" ", 2);
    if (words.length < 2 || channel(arguments).isEmpty()) {
      return NO_CHANNEL;
    }
    for (String one : Words.of(words[1], ';', MAX_VARIABLES)) {
      String[] pair = one.split("=", 2);
      String value = pair.length > 1 ? pair[1] : "";
      if (!Substitution.mentionsVariable(value)) {
        assign(words[0], pair[0], value);
      }
    }
    return "+OK\n";
  }

  private void assign(String uuid, String name, String value) {
    freeSwitch.model().assign(uuid, Map.of(name, value));
    freeSwitch.note(new Effect.VariableSet(uuid, name, value));
  }

  /** Only to the leg itself; {@code application::argument} is executed in place of a file. */
  private String broadcast(String arguments) {
    List<String> words = Words.of(arguments, ' ', 4);
    if (words.size() < 2) {
      return "-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n";
    }
    Optional<ChannelState> found = freeSwitch.model().channel(words.getFirst());
    if (found.isEmpty()) {
      return NO_CHANNEL;
    }
    int end = words.get(1).indexOf(':');
    boolean application = end >= 0 && words.get(1).startsWith("::", end);
    String name = application ? words.get(1).substring(0, end) : "playback";
    int cause = name.indexOf('!');
    freeSwitch
        .applications()
        .run(
            found.get(),
            ApplicationRunner.Request.of(
                cause < 0 ? name : name.substring(0, cause),
                application ? words.get(1).substring(end + 2) : words.get(1)));
    if (cause >= 0) {
      freeSwitch.model().hangUpInTurn(words.getFirst(), HangupCause.of(name.substring(cause + 1)));
    }
    return "+OK Message sent\n";
  }

  private String answer(String channel) {
    Optional<ChannelState> found = channel(channel);
    if (found.isEmpty()) {
      return NO_CHANNEL;
    }
    if (found.get().answeredAt() == null) {
      freeSwitch.applications().run(found.get(), ApplicationRunner.Request.of("answer", ""));
    }
    return "+OK\n";
  }

  private String breakOff(String arguments) {
    if (channel(arguments).isEmpty()) {
      return NO_CHANNEL;
    }
    freeSwitch.model().stopPlaying(arguments.split(" ")[0], arguments.endsWith(" all"));
    return "+OK\n";
  }

  private String transfer(String arguments) {
    List<String> words = Words.of(arguments, ' ', 5);
    if (words.size() < 2 || freeSwitch.model().channel(words.getFirst()).isEmpty()) {
      return NO_CHANNEL;
    }
    int to = words.get(1).startsWith("-") && words.size() > 2 ? 2 : 1;
    if (words.size() > to + 1 && words.get(to + 1).equalsIgnoreCase("inline")) {
      freeSwitch.model().transferInline(words.getFirst(), words.get(to));
    } else {
      freeSwitch.model().transfer(words.getFirst(), words.get(to));
    }
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
