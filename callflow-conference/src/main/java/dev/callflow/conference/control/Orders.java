package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.PendingCondition;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives orders to the mixer, and says that one is done when the mixer shows it: by an event, or, if
 * that does not come, by its snapshot.
 */
public final class Orders {

  /** How long the event of a command may take; then the mixer is asked. */
  private static final Duration LONGEST_SIGN = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  static final ActionResult DONE = new ActionResult.Done(List.of());

  private final Mixer mixer;
  private final Rooms rooms;

  public Orders(Mixer mixer, Rooms rooms) {
    this.mixer = mixer;
    this.rooms = rooms;
  }

  /**
   * A command, and what it must lead to.
   *
   * @param subject the id of whom it is about, for the answer
   */
  record Order(MixerCommand command, Condition awaited, String subject) {

    static Order mute(CallId call, boolean on) {
      return new Order(
          new MixerCommand.Mute(call, on), new Condition.Muted(call, on), call.value());
    }

    static Order deaf(CallId call, boolean on) {
      return new Order(new MixerCommand.Deaf(call, on), new Condition.Deaf(call, on), call.value());
    }

    static Order kick(CallId call) {
      return new Order(new MixerCommand.Kick(call), new Condition.Out(call), call.value());
    }
  }

  /** A command that no event and no snapshot shows: the mixer's answer to it is all there is. */
  ActionResult give(RoomId room, MixerCommand command, String subject) {
    return switch (mixer.apply(room, command)) {
      case MixerReply.Done done -> DONE;
      case MixerReply.Refused refused -> byMixer(room, command, refused);
      case MixerReply.NotThere gone -> gone(room, subject);
      case MixerReply.Unknown(String why) -> new ActionResult.Unknown(why);
    };
  }

  ActionResult give(RoomId room, Order order) {
    return give(room, List.of(order)).getFirst();
  }

  /** Gives orders one after the other, and waits for what comes of them together. */
  List<ActionResult> give(RoomId room, List<Order> orders) {
    List<Optional<PendingCondition>> expected = new ArrayList<>();
    List<MixerReply> replies = new ArrayList<>();
    try {
      boolean silent = false;
      for (Order order : orders) {
        expected.add(rooms.expect(room, order.awaited()));
        // A mixer that does not answer is not asked a thousand times more.
        replies.add(
            silent ? new MixerReply.Unknown("not sent") : mixer.apply(room, order.command()));
        silent |= replies.getLast() instanceof MixerReply.Unknown;
      }
      List<ActionResult> results = new ArrayList<>();
      boolean compared = false;
      for (int i = 0; i < orders.size(); i++) {
        Optional<Condition.Sign> sign = sign(replies.get(i), expected.get(i), compared);
        if (sign.isEmpty() && isOpen(replies.get(i)) && !compared) {
          // One look at the room shows what has become of all of them.
          compared = true;
          rooms.compare(room);
          sign = sign(replies.get(i), expected.get(i), true);
        }
        results.add(result(room, orders.get(i), replies.get(i), sign));
      }
      return results;
    } finally {
      expected.forEach(each -> each.ifPresent(rooms::forget));
    }
  }

  /** Begins something that others then order, and waits for what must come of it. */
  ActionResult begin(RoomId room, Condition awaited, Runnable what) {
    Optional<PendingCondition> expected = rooms.expect(room, awaited);
    try {
      what.run();
      if (expected.isEmpty() || expected.get().await(LONGEST_SIGN).isPresent()) {
        return DONE;
      }
      rooms.compare(room);
      return expected.get().await(Duration.ZERO).isPresent()
          ? DONE
          : new ActionResult.Unknown("the mixer shows no sign of it");
    } finally {
      expected.ifPresent(rooms::forget);
    }
  }

  private static boolean isOpen(MixerReply reply) {
    return reply instanceof MixerReply.Done || reply instanceof MixerReply.Unknown;
  }

  private static Optional<Condition.Sign> sign(
      MixerReply reply, Optional<PendingCondition> expected, boolean compared) {
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    return expected.get().await(isOpen(reply) && !compared ? LONGEST_SIGN : Duration.ZERO);
  }

  private static ActionResult result(
      RoomId room, Order order, MixerReply reply, Optional<Condition.Sign> sign) {
    if (sign.filter(Condition.Sign.FAILED::equals).isPresent()) {
      return new ActionResult.Refused(
          ActionResult.Reason.BY_MIXER, "", "", "the mixer could not do it");
    }
    return switch (reply) {
      case MixerReply.Refused refused -> byMixer(room, order.command(), refused);
      case MixerReply.NotThere gone -> sign.isPresent() ? DONE : gone(room, order.subject());
      case MixerReply.Done done ->
          sign.isPresent() ? DONE : new ActionResult.Unknown("the mixer shows no sign of it");
      case MixerReply.Unknown(String why) ->
          sign.isPresent() ? DONE : new ActionResult.Unknown(why);
    };
  }

  /** What the mixer says holds its files' names: it is for the log, not for who asked. */
  private static ActionResult byMixer(
      RoomId room, MixerCommand command, MixerReply.Refused refused) {
    LOG.debug("room {}: the mixer refuses {}: {}", room, command, refused.why());
    boolean plays = command instanceof MixerCommand.Play || command instanceof MixerCommand.PlayTo;
    return new ActionResult.Refused(
        ActionResult.Reason.BY_MIXER,
        "",
        "",
        plays ? "the medium cannot be played" : "the mixer has refused it");
  }

  private static ActionResult gone(RoomId room, String subject) {
    return subject.isEmpty()
        ? new ActionResult.Refused(
            ActionResult.Reason.UNKNOWN_CONFERENCE,
            room.conference(),
            "",
            "the conference has ended")
        : new ActionResult.Refused(
            ActionResult.Reason.UNKNOWN_PARTICIPANT, subject, "", "he has left");
  }
}
