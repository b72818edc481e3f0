package dev.callflow.simulator.wire.command;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.Json;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.call.ApplicationRunner;
import dev.callflow.simulator.wire.call.EffectLog;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.simulator.wire.event.EventWriter;
import dev.callflow.simulator.wire.text.CNumber;
import dev.callflow.simulator.wire.text.Substitution;
import dev.callflow.simulator.wire.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code api} commands about channels: {@code uuid_…}, {@code show} and {@code hupall}. */
public final class ChannelCommands implements ApiCommandGroup {

  private static final int MAX_VARIABLES = 64;
  private static final int MIN_KEY_MILLIS = 50;
  private static final int MAX_KEY_MILLIS = 24_000;

  private static final String NO_CHANNEL = "-ERR No such channel!\n";

  private final SimulatedSwitch model;
  private final ApplicationRunner applications;
  private final EventWriter events;
  private final EffectLog effects;

  /** The application that each channel started last. FreeSWITCH lists it even after its end. */
  private final Map<String, String> started = new ConcurrentHashMap<>();

  public ChannelCommands(
      SimulatedSwitch model,
      ApplicationRunner applications,
      EventWriter events,
      EffectLog effects) {
    this.model = model;
    this.applications = applications;
    this.events = events;
    this.effects = effects;
    model.listen(
        SwitchEvent.ExecutionStarted.class,
        it -> started.put(it.channel().uuid(), it.execution().name()));
    model.listen(SwitchEvent.Gone.class, it -> started.remove(it.channel().uuid()));
  }

  @Override
  public Map<String, UnaryOperator<String>> commands() {
    return Map.ofEntries(
        Map.entry("uuid_exists", uuid -> String.valueOf(model.channel(uuid).isPresent())),
        Map.entry("uuid_kill", this::kill),
        Map.entry("uuid_send_dtmf", arguments -> press(arguments, "sent", model::press)),
        Map.entry("uuid_recv_dtmf", arguments -> press(arguments, "received", model::receive)),
        Map.entry("uuid_getvar", this::variable),
        Map.entry("uuid_setvar", this::setVariable),
        Map.entry("uuid_setvar_multi", this::setVariables),
        Map.entry("uuid_break", this::stopPlayback),
        Map.entry("uuid_transfer", this::transfer),
        Map.entry("uuid_dump", this::dump),
        Map.entry("uuid_answer", this::answer),
        Map.entry("uuid_broadcast", this::broadcast),
        Map.entry("show", this::show),
        Map.entry("hupall", this::hangUpAll));
  }

  private Optional<ChannelState> channel(String arguments) {
    return model.channel(arguments.split(" ")[0]);
  }

  private String kill(String arguments) {
    String[] words = arguments.split(" ");
    if (arguments.isEmpty()) {
      return "-USAGE: <uuid> [cause]\n";
    }
    if (channel(arguments).isEmpty()) {
      return NO_CHANNEL;
    }
    model.hangUp(
        words[0],
        EndedBy.ENGINE,
        words.length > 1 ? HangupCause.of(words[1]) : HangupCause.NORMAL_CLEARING);
    return "+OK\n";
  }

  /** Presses or receives a key for some time. */
  private interface Key {
    void act(String channel, char key, Duration length);
  }

  /** Presses keys: {@code UUID KEYS[@MILLISECONDS]}. */
  private String press(String arguments, String done, Key action) {
    String[] words = arguments.split(" ", 2);
    if (words.length < 2) {
      return "-USAGE: <uuid> <dtmf_data>\n";
    }
    if (channel(arguments).isEmpty()) {
      return "-ERR Cannot locate session!\n";
    }
    String[] keys = words[1].split("@", 2);
    Duration length = keys.length < 2 ? SimulatedSwitch.KEY_LENGTH : length(CNumber.of(keys[1]));
    for (char key : keys[0].toUpperCase(Locale.ROOT).toCharArray()) {
      if ("0123456789*#ABCD".indexOf(key) >= 0) {
        action.act(words[0], key, length);
      }
    }
    return "+OK " + words[0] + " " + done + " DTMF " + words[1] + ".\n";
  }

  /** Returns the length of a key press. As in FreeSWITCH, a length that is too short is ignored. */
  private static Duration length(int millis) {
    return millis <= MIN_KEY_MILLIS
        ? SimulatedSwitch.KEY_LENGTH
        : Duration.ofMillis(Math.min(millis, MAX_KEY_MILLIS));
  }

  private String variable(String arguments) {
    List<String> words = Words.of(arguments, ' ', 4);
    return channel(arguments)
        .map(state -> words.size() < 2 ? "_undef_" : state.variable(words.get(1)).orElse("_undef_"))
        .orElse(NO_CHANNEL);
  }

  private String setVariable(String arguments) {
    List<String> words = Words.of(arguments, ' ', 3);
    if (words.size() < 2 || model.channel(words.getFirst()).isEmpty()) {
      return NO_CHANNEL;
    }
    assign(words.getFirst(), words.get(1), words.size() > 2 ? words.get(2) : "");
    return "+OK\n";
  }

  /** Sets variables from {@code UUID a=1;b=2}; skips values that refer to variables. */
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
    model.assign(uuid, Map.of(name, value));
    effects.add(new Effect.VariableSet(uuid, name, value));
  }

  /**
   * Plays a file to the channel itself, whichever legs the command names; an argument such as
   * {@code application::argument} executes an application instead.
   */
  private String broadcast(String arguments) {
    List<String> words = Words.of(arguments, ' ', 4);
    if (words.size() < 2) {
      return "-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n";
    }
    Optional<ChannelState> found = model.channel(words.getFirst());
    if (found.isEmpty()) {
      return NO_CHANNEL;
    }
    int end = words.get(1).indexOf(':');
    boolean application = end >= 0 && words.get(1).startsWith("::", end);
    String name = application ? words.get(1).substring(0, end) : "playback";
    int cause = name.indexOf('!');
    applications.run(
        found.get(),
        ApplicationRunner.Request.of(
            cause < 0 ? name : name.substring(0, cause),
            application ? words.get(1).substring(end + 2) : words.get(1)));
    if (cause >= 0) {
      model.hangUpInTurn(words.getFirst(), HangupCause.of(name.substring(cause + 1)));
    }
    return "+OK Message sent\n";
  }

  private String answer(String channel) {
    Optional<ChannelState> found = channel(channel);
    if (found.isEmpty()) {
      return NO_CHANNEL;
    }
    if (found.get().answeredAt() == null) {
      applications.run(found.get(), ApplicationRunner.Request.of("answer", ""));
    }
    return "+OK\n";
  }

  private String hangUpAll(String requested) {
    HangupCause cause =
        requested.isEmpty()
            ? new HangupCause("MANAGER_REQUEST")
            : HangupCause.of(requested.split(" ")[0]);
    model.channels().forEach(channel -> model.hangUp(channel.uuid(), EndedBy.SWITCH, cause));
    return "+OK hangup all channels with cause " + cause.name() + "\n";
  }

  private String stopPlayback(String arguments) {
    if (channel(arguments).isEmpty()) {
      return NO_CHANNEL;
    }
    model.stopPlaying(arguments.split(" ")[0], arguments.endsWith(" all"));
    return "+OK\n";
  }

  private String transfer(String arguments) {
    List<String> words = Words.of(arguments, ' ', 5);
    if (words.size() < 2 || model.channel(words.getFirst()).isEmpty()) {
      return NO_CHANNEL;
    }
    int to = words.get(1).startsWith("-") && words.size() > 2 ? 2 : 1;
    if (words.size() > to + 1 && words.get(to + 1).equalsIgnoreCase("inline")) {
      model.transferInline(words.getFirst(), words.get(to));
    } else {
      model.transfer(words.getFirst(), words.get(to));
    }
    return "+OK\n";
  }

  private String dump(String arguments) {
    return channel(arguments).map(state -> events.dump(state).lines() + "\n").orElse(NO_CHANNEL);
  }

  private String show(String what) {
    List<ChannelState> channels = model.channels();
    if (what.contains("as json")) {
      return json(channels);
    }
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

  /** Returns the output of {@code show channels as json}, with some of FreeSWITCH's columns. */
  private String json(List<ChannelState> channels) {
    ObjectNode list = Json.object().put("row_count", channels.size());
    if (!channels.isEmpty()) {
      ArrayNode rows = list.putArray("rows");
      for (ChannelState channel : channels) {
        rows.addObject()
            .put("uuid", channel.uuid())
            .put("cid_name", channel.callerName())
            .put("cid_num", channel.callerNumber())
            .put("dest", channel.destination())
            .put("application", started.getOrDefault(channel.uuid(), ""))
            .put("callstate", channel.phase().name());
      }
    }
    return list + "\n";
  }
}
