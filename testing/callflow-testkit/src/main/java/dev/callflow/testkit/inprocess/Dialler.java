package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Dials out from rooms on the simulated switch. */
final class Dialler {

  private static final HangupCause NO_ANSWER = new HangupCause("NO_ANSWER");

  private final SimulatedSwitch model;
  private final TimeSource time;
  private final Function<CallId, Leg> legs;
  private final Map<String, Inbox<DialReply>> ringing = new ConcurrentHashMap<>();
  private final Map<String, String> halves = new ConcurrentHashMap<>();
  private volatile FarEnds farEnds = FarEnds.NONE;

  Dialler(SimulatedSwitch model, TimeSource time, Function<CallId, Leg> legs) {
    this.model = model;
    this.time = time;
    this.legs = legs;
  }

  void farEnds(FarEnds parties) {
    farEnds = parties;
  }

  DialReply dial(CallId leg, DialOrder order) {
    Inbox<DialReply> reply = time.inbox(2);
    ringing.put(leg.value(), reply);
    try {
      switch (order.target()) {
        case DialTarget.Number(String number) -> inside(leg, order, number);
        case DialTarget.Address address ->
            model.dial(channel(leg, order), farEnds.at(leg, address), order.ringTimeout());
        case DialTarget.Registered registered ->
            model.dial(channel(leg, order), farEnds.at(leg, registered), order.ringTimeout());
      }
      DialReply found = reply.poll(order.ringTimeout().plus(Duration.ofSeconds(5)));
      return found == null ? new DialReply.Failed(NO_ANSWER) : found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new DialReply.Unknown("interrupted");
    } finally {
      ringing.remove(leg.value());
    }
  }

  /**
   * Creates both halves of an internal call before it hands over the far half, which may answer at
   * once.
   */
  private void inside(CallId leg, DialOrder order, String number) {
    CallId inside = new CallId(model.newUuid());
    halves.put(leg.value(), inside.value());
    halves.put(inside.value(), leg.value());
    model.dial(channel(leg, order), new FarEnd.NeverAnswers(), order.ringTimeout());
    farEnds.inside(leg, inside, order, number);
  }

  private static NewChannel channel(CallId leg, DialOrder order) {
    Map<String, String> variables = new HashMap<>(order.variables());
    variables.put("origination_callee_id_name", order.calleeName());
    return new NewChannel(
        leg.value(), order.callerNumber(), order.callerName(), name(order.target()), "", variables);
  }

  private static String name(DialTarget target) {
    return switch (target) {
      case DialTarget.Number(String number) -> number;
      case DialTarget.Address(String user, String host, int port, boolean secure) ->
          (secure ? "sips:" : "sip:") + user + "@" + host + (port == 0 ? "" : ":" + port);
      case DialTarget.Registered(String user, String realm) -> user + "@" + realm;
    };
  }

  /** Subscribes to the switch's events, which determine the reply for each dialled leg. */
  void follow() {
    model.listen(SwitchEvent.Answered.class, it -> answered(it.channel()));
    model.listen(SwitchEvent.Gone.class, it -> gone(it.channel()));
  }

  private void answered(ChannelState channel) {
    Inbox<DialReply> reply = ringing.get(channel.uuid());
    if (reply != null) {
      reply.offer(new DialReply.Answered(legs.apply(new CallId(channel.uuid()))));
    }
    String half = halves.get(channel.uuid());
    if (half != null && ringing.containsKey(half)) {
      model.answer(half);
    }
  }

  private void gone(ChannelState channel) {
    HangupCause cause = Objects.requireNonNullElse(channel.cause(), HangupCause.NORMAL_CLEARING);
    Inbox<DialReply> reply = ringing.get(channel.uuid());
    if (reply != null) {
      reply.offer(new DialReply.Failed(cause));
    }
    String half = halves.remove(channel.uuid());
    if (half != null) {
      halves.remove(half);
      model.hangUp(half, EndedBy.SWITCH, cause);
    }
  }
}
