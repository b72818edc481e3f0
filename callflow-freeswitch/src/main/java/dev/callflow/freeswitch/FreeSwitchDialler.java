package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.freeswitch.SwitchText.Word;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Places calls with {@code originate}; FreeSWITCH hands over answered calls like incoming ones. */
final class FreeSwitchDialler {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSwitchDialler.class);

  /** Runs background commands on the control connection. */
  interface Control {

    /**
     * Runs a command and waits for its output.
     *
     * @throws EslException if no output arrives in time
     */
    String run(String command, String arguments, Duration timeout);
  }

  private final Control control;
  private final FreeSwitchOptions options;
  private final DialStrings dialStrings;
  private final SwitchText text;
  private final TimeSource time;
  private final Map<CallId, Pending> dialled = new ConcurrentHashMap<>();
  private volatile InetSocketAddress calls;

  /**
   * A leg that has been dialled.
   *
   * @param room the room that has dialled it
   * @param arrival receives the leg when it is answered
   */
  private record Pending(RoomId room, Inbox<Leg> arrival) {}

  FreeSwitchDialler(
      Control control,
      FreeSwitchOptions options,
      DialStrings dialStrings,
      SwitchText text,
      TimeSource time) {
    this.control = control;
    this.options = options;
    this.dialStrings = dialStrings;
    this.text = text;
    this.time = time;
    this.calls = options.calls();
  }

  /** Sets the address at which FreeSWITCH hands over answered calls. */
  void setCallAddress(InetSocketAddress address) {
    calls = address;
  }

  DialReply dial(CallId leg, DialOrder order) {
    Inbox<Leg> arrival = time.inbox(1);
    dialled.put(leg, new Pending(order.room(), arrival));
    try {
      String answer =
          control.run(
              "originate",
              dialStrings.originate(leg, signed(leg, order), calls),
              order.ringTimeout().plus(options.controlTimeout()));
      if (!answer.startsWith("+OK")) {
        return new DialReply.Failed(HangupCause.of(answer.strip().replaceFirst("^-\\w+ ", "")));
      }
      Leg answered = arrival.poll(options.controlTimeout());
      if (answered == null) {
        cancel(leg);
        return new DialReply.Failed(HangupCause.DESTINATION_OUT_OF_ORDER);
      }
      return new DialReply.Answered(answered);
    } catch (EslException e) {
      LOG.warn("leg {}: the outcome of dialling is unknown", leg, e);
      cancel(leg);
      return new DialReply.Unknown("the switch does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel(leg);
      return new DialReply.Unknown("interrupted");
    } finally {
      dialled.remove(leg);
    }
  }

  /** Adds the token that the leg needs when FreeSWITCH hands it over. */
  private DialOrder signed(CallId leg, DialOrder order) {
    return new DialOrder(
        order.room(),
        order.target(),
        order.callerName(),
        order.callerNumber(),
        order.calleeName(),
        order.ringTimeout(),
        options.access().sign(leg.value(), order.variables()),
        order.near());
  }

  void cancel(CallId leg) {
    try {
      control.run(
          "uuid_kill",
          text.word(Word.LEG, leg.value()) + " ORIGINATOR_CANCEL",
          options.controlTimeout());
    } catch (EslException e) {
      LOG.warn("leg {}: cannot cancel the dialled call", leg, e);
    }
  }

  /**
   * Hands an answered leg to the room that dialled it; returns false if no room is waiting for it.
   */
  boolean answered(Leg leg) {
    Pending pending = dialled.get(leg.id());
    return pending != null && pending.arrival().offer(leg);
  }

  /**
   * Returns the room that has dialled a call which arrives here: the call is the far end of a leg
   * that is not answered yet. Empty for all other calls.
   */
  Optional<RoomId> dialledBy(EslEvent call) {
    return call.variable(DialStrings.FAR_END_OF)
        .filter(leg -> !leg.isEmpty())
        .map(leg -> dialled.get(new CallId(leg)))
        .map(Pending::room);
  }
}
