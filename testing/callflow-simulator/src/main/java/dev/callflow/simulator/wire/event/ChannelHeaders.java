package dev.callflow.simulator.wire.event;

import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SipEndpoint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the channel headers of events in FreeSWITCH's order. A simulated channel corresponds to
 * the incoming leg of a FreeSWITCH loopback call, unless it has a SIP endpoint.
 */
final class ChannelHeaders {

  /** The state of a channel in FreeSWITCH's words, as one event reports it. */
  record Stage(String state, int number, String call, String answer) {

    static final Stage CREATED = new Stage("CS_INIT", 2, "DOWN", "ringing");

    static Stage of(ChannelState channel) {
      boolean answered = channel.answeredAt() != null;
      boolean ended = channel.phase() == ChannelState.Phase.HUNG_UP;
      boolean waits = isCalledAndWaits(channel);
      return new Stage(
          waits ? "CS_CONSUME_MEDIA" : "CS_EXECUTE",
          ended ? 10 : waits ? 7 : 4,
          answered ? "ACTIVE" : unanswered(channel),
          ended
              ? "hangup"
              : answered ? "answered" : channel.earlyAt() == null ? "ringing" : "early");
    }

    /**
     * Returns the stage that CHANNEL_ANSWER reports, in which the call state is still that of an
     * unanswered channel.
     */
    static Stage answering(ChannelState channel) {
      return of(channel).call(unanswered(channel));
    }

    /**
     * Returns the stage that CHANNEL_PROGRESS_MEDIA reports, in which the call state is still that
     * of a channel without early media.
     */
    static Stage progressing(ChannelState channel) {
      return of(channel).call(ringing(channel));
    }

    private static String unanswered(ChannelState channel) {
      return channel.earlyAt() == null ? ringing(channel) : "EARLY";
    }

    private static String ringing(ChannelState channel) {
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

  /** The number of transfers that each channel had undergone when it was last routed. */
  private final Map<String, Integer> routed = new ConcurrentHashMap<>();

  /** Records that a transferred channel has been routed again. */
  void routed(ChannelState channel) {
    routed.put(channel.uuid(), channel.transfers());
  }

  /** Returns the state number; during a transfer, it is already the number of the next state. */
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
    boolean sip = channel.sip().isPresent();
    for (String way : hasMedia(channel) ? List.of("Read", "Write") : List.<String>of()) {
      event
          .add("Channel-" + way + "-Codec-Name", sip ? "PCMU" : "L16")
          .add("Channel-" + way + "-Codec-Rate", 8000)
          .add("Channel-" + way + "-Codec-Bit-Rate", sip ? 64000 : 128000);
    }
    profile(event, "Caller", channel, stage.call().equals("HANGUP"));
  }

  /** Returns whether the channel has codecs; a SIP call has none before its media start. */
  private static boolean hasMedia(ChannelState channel) {
    return channel.sip().isEmpty() || channel.earlyAt() != null || channel.answeredAt() != null;
  }

  /** Writes the caller profile; CHANNEL_DATA contains it twice, under different prefixes. */
  void profile(WireEvent event, String prefix, ChannelState channel, boolean ended) {
    String direction = channel.outbound() ? "outbound" : "inbound";
    long created = micros(channel.created());
    event.add(prefix + "-Direction", direction).add(prefix + "-Logical-Direction", direction);
    Optional<SipEndpoint> caller = channel.sip().filter(sip -> !channel.outbound());
    caller.ifPresent(sip -> event.add(prefix + "-Username", sip.user()));
    event
        .add(prefix + "-Dialplan", dialplan(channel))
        .add(prefix + "-Caller-ID-Name", channel.callerName())
        .add(prefix + "-Caller-ID-Number", channel.callerNumber())
        .add(prefix + "-Orig-Caller-ID-Name", channel.original().name())
        .add(prefix + "-Orig-Caller-ID-Number", channel.original().number());
    caller.ifPresentOrElse(
        sip -> event.add(prefix + "-Network-Addr", sip.address()),
        () ->
            event
                .add(prefix + "-Callee-ID-Name", channel.callee().name())
                .add(prefix + "-Callee-ID-Number", channel.callee().number()));
    event
        .add(prefix + "-ANI", channel.original().number())
        .add(prefix + "-Destination-Number", channel.destination())
        .add(prefix + "-Unique-ID", channel.uuid())
        .add(prefix + "-Source", channel.sip().isPresent() ? "mod_sofia" : "mod_loopback")
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
        .add(prefix + "-Channel-Progress-Media-Time", micros(channel.earlyAt()))
        .add(prefix + "-Channel-Hangup-Time", ended ? micros(channel.hungUpAt()) : 0)
        .add(prefix + "-Channel-Transfer-Time", 0)
        .add(prefix + "-Channel-Resurrect-Time", 0)
        .add(prefix + "-Channel-Bridged-Time", 0)
        .add(prefix + "-Channel-Last-Hold", 0)
        .add(prefix + "-Channel-Hold-Accum", 0)
        .add(prefix + "-Screen-Bit", true)
        .add(prefix + "-Privacy-Hide-Name", false)
        .add(prefix + "-Privacy-Hide-Number", false);
  }

  /** Writes the variables. FreeSWITCH sets call_uuid twice: at creation and after routing. */
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

  /** Returns whether the channel is a dialled party that is not executing anything yet. */
  private static boolean isCalledAndWaits(ChannelState channel) {
    return channel.outbound() && channel.callerNumber().equals(channel.original().number());
  }

  private static String dialplan(ChannelState channel) {
    return channel.inline()
        ? "inline"
        : channel.transfers() == 0 && channel.sip().isEmpty() ? "xml" : "XML";
  }

  static String name(ChannelState channel) {
    return channel.name();
  }

  /**
   * Returns the session number. A loopback call has two sessions, of which this channel is the
   * second.
   */
  private long number(ChannelState channel) {
    return numbers.computeIfAbsent(channel.uuid(), fresh -> sessions.addAndGet(2));
  }

  private static long micros(@Nullable Instant at) {
    return at == null ? 0 : at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
  }
}
