package dev.callflow.simulator.wire.event;

import dev.callflow.simulator.model.ChannelState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes what FreeSWITCH says of a channel, header by header in its order. A channel is the leg of
 * a loopback call that FreeSWITCH sees as the incoming one.
 */
final class ChannelHeaders {

  /** How far a channel is, in FreeSWITCH's words; each event has its own. */
  record Stage(String state, int number, String call, String answer) {

    static final Stage CREATED = new Stage("CS_INIT", 2, "DOWN", "ringing");

    static Stage of(ChannelState channel) {
      boolean answered = channel.answeredAt() != null;
      boolean over = channel.phase() == ChannelState.Phase.HUNG_UP;
      boolean waits = isCalledAndWaits(channel);
      return new Stage(
          waits ? "CS_CONSUME_MEDIA" : "CS_EXECUTE",
          over ? 10 : waits ? 7 : 4,
          answered ? "ACTIVE" : unanswered(channel),
          over ? "hangup" : answered ? "answered" : "ringing");
    }

    /** The stage in which a channel is while it is being answered. */
    static Stage answering(ChannelState channel) {
      return of(channel).call(unanswered(channel));
    }

    private static String unanswered(ChannelState channel) {
      return isCalledAndWaits(channel) && channel.progressAt() == null ? "DOWN" : "RINGING";
    }

    Stage call(String other) {
      return new Stage(state, number, other, answer);
    }

    Stage state(String other, int otherNumber) {
      return new Stage(other, otherNumber, call, answer);
    }
  }

  private final AtomicLong sessions = new AtomicLong();
  private final Map<String, Long> numbers = new ConcurrentHashMap<>();

  /** How often channels have been read the dialplan again. */
  private final Map<String, Integer> routed = new ConcurrentHashMap<>();

  /** A channel that was sent elsewhere is there. */
  void routed(ChannelState channel) {
    routed.put(channel.uuid(), channel.transfers());
  }

  /** While a channel is being sent elsewhere, the number of its state is the next one's. */
  private int number(ChannelState channel, Stage stage) {
    boolean underWay = channel.transfers() > routed.getOrDefault(channel.uuid(), 0);
    return underWay && stage.equals(Stage.of(channel)) ? 2 : stage.number();
  }

  void forget(ChannelState channel) {
    routed.remove(channel.uuid());
    numbers.remove(channel.uuid());
  }

  void basics(WireEvent event, ChannelState channel, Stage stage) {
    String direction = channel.outbound() ? "outbound" : "inbound";
    event
        .add("Channel-State", stage.state())
        .add("Channel-Call-State", stage.call())
        .add("Channel-State-Number", number(channel, stage))
        .add("Channel-Name", name(channel))
        .add("Unique-ID", channel.uuid())
        .add("Call-Direction", direction)
        .add("Presence-Call-Direction", direction)
        .add("Channel-HIT-Dialplan", !isCalledAndWaits(channel))
        .add("Channel-Call-UUID", channel.uuid())
        .add("Answer-State", stage.answer());
    if (channel.cause() != null) {
      event.add("Hangup-Cause", channel.cause().name());
    }
    for (String way : new String[] {"Read", "Write"}) {
      event
          .add("Channel-" + way + "-Codec-Name", "L16")
          .add("Channel-" + way + "-Codec-Rate", 8000)
          .add("Channel-" + way + "-Codec-Bit-Rate", 128000);
    }
    profile(event, "Caller", channel, stage.call().equals("HANGUP"));
  }

  /** The caller's profile; CHANNEL_DATA has it a second time, under another name. */
  void profile(WireEvent event, String prefix, ChannelState channel, boolean over) {
    String direction = channel.outbound() ? "outbound" : "inbound";
    long created = micros(channel.created());
    event
        .add(prefix + "-Direction", direction)
        .add(prefix + "-Logical-Direction", direction)
        .add(prefix + "-Dialplan", dialplan(channel))
        .add(prefix + "-Caller-ID-Name", channel.callerName())
        .add(prefix + "-Caller-ID-Number", channel.callerNumber())
        .add(prefix + "-Orig-Caller-ID-Name", channel.original().name())
        .add(prefix + "-Orig-Caller-ID-Number", channel.original().number())
        .add(prefix + "-Callee-ID-Name", channel.callee().name())
        .add(prefix + "-Callee-ID-Number", channel.callee().number())
        .add(prefix + "-ANI", channel.original().number())
        .add(prefix + "-Destination-Number", channel.destination())
        .add(prefix + "-Unique-ID", channel.uuid())
        .add(prefix + "-Source", "mod_loopback")
        .add(prefix + "-Context", "default");
    if (channel.redirected() != null) {
      event.add(prefix + "-RDNIS", channel.redirected());
    }
    event
        .add(prefix + "-Channel-Name", name(channel))
        .add(prefix + "-Profile-Index", channel.transfers() + 1)
        .add(prefix + "-Profile-Created-Time", created)
        .add(prefix + "-Channel-Created-Time", created)
        .add(prefix + "-Channel-Answered-Time", micros(channel.answeredAt()))
        .add(prefix + "-Channel-Progress-Time", micros(channel.progressAt()))
        .add(prefix + "-Channel-Progress-Media-Time", 0)
        .add(prefix + "-Channel-Hangup-Time", over ? micros(channel.hungUpAt()) : 0)
        .add(prefix + "-Channel-Transfer-Time", 0)
        .add(prefix + "-Channel-Resurrect-Time", 0)
        .add(prefix + "-Channel-Bridged-Time", 0)
        .add(prefix + "-Channel-Last-Hold", 0)
        .add(prefix + "-Channel-Hold-Accum", 0)
        .add(prefix + "-Screen-Bit", true)
        .add(prefix + "-Privacy-Hide-Name", false)
        .add(prefix + "-Privacy-Hide-Number", false);
  }

  /** Its own id is set twice: as it is created, and behind what it begins with. */
  void variables(WireEvent event, ChannelState channel, Stage stage) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("direction", channel.outbound() ? "outbound" : "inbound");
    all.put("uuid", channel.uuid());
    if (stage == Stage.CREATED) {
      all.put("call_uuid", channel.uuid());
    }
    all.put("session_id", String.valueOf(number(channel)));
    all.put("channel_name", name(channel));
    if (!channel.variables().containsKey("call_uuid")) {
      all.put("call_uuid", channel.uuid());
    }
    all.putAll(channel.variables());
    all.forEach((key, value) -> event.add("variable_" + key, value));
  }

  /** A party that was called and does not execute anything yet. */
  private static boolean isCalledAndWaits(ChannelState channel) {
    return channel.outbound() && channel.callerNumber().equals(channel.original().number());
  }

  private static String dialplan(ChannelState channel) {
    return channel.inline() ? "inline" : channel.transfers() == 0 ? "xml" : "XML";
  }

  static String name(ChannelState channel) {
    return channel.name();
  }

  /** Each call is two of FreeSWITCH's sessions, and ours is the second of them. */
  private long number(ChannelState channel) {
    return numbers.computeIfAbsent(channel.uuid(), fresh -> sessions.addAndGet(2));
  }

  private static long micros(@Nullable Instant at) {
    return at == null ? 0 : at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
  }
}
