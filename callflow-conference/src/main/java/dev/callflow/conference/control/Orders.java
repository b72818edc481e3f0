package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.PendingCondition;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.time.OneLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to the mixer and confirms that they took effect. A command is done when an event
 * or, failing that, a snapshot of the mixer shows its effect. If neither can show it, the mixer's
 * reply decides.
 */
public final class Orders {

  /** How long to wait for the event before requesting a snapshot. */
  private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  static final ActionResult DONE = new ActionResult.Done(List.of());

  private static final ActionResult UNCONFIRMED =
      new ActionResult.Unknown("the action had no visible effect in the mixer");

  private final Mixer mixer;
  private final Rooms rooms;

  public Orders(Mixer mixer, Rooms rooms) {
    this.mixer = mixer;
    this.rooms = rooms;
  }

  /** A command that was sent, the pending condition for its effect, and the mixer's reply. */
  private record Sent(
      MixerCommand command,
      boolean confirmable,
      Optional<PendingCondition> effect,
      MixerReply reply) {

    /** Returns whether the result depends on the command's effect rather than on the reply. */
    boolean isOpen() {
      return confirmable
          && (reply instanceof MixerReply.Done || reply instanceof MixerReply.Unknown);
    }

    Optional<Condition.Result> await(Duration timeout) {
      return effect.flatMap(pending -> pending.await(isOpen() ? timeout : Duration.ZERO));
    }
  }

  /**
   * Sends a command and waits for its effect.
   *
   * @param subject the participant id to report in a refusal; empty if the command concerns the
   *     conference
   */
  ActionResult give(RoomId room, MixerCommand command, String subject) {
    return give(room, List.of(command), subject).getFirst();
  }

  /**
   * Sends a command that changes several members, waits for its effect, and compares the room with
   * the mixer, because members who join at that moment may be affected as well.
   */
  ActionResult give(RoomId room, MixerCommand command, Condition effect) {
    Optional<PendingCondition> expected = rooms.expect(room, effect);
    try {
      Sent sent = new Sent(command, true, expected, mixer.apply(room, command));
      Optional<Condition.Result> shown = sent.await(EVENT_TIMEOUT);
      if (sent.isOpen()) {
        rooms.compare(room);
      }
      return result(room, sent, shown.or(() -> sent.await(Duration.ZERO)), "");
    } finally {
      expected.ifPresent(rooms::forget);
    }
  }

  /** Sends commands one after the other, and waits for all their effects together. */
  List<ActionResult> give(RoomId room, List<MixerCommand> commands) {
    return give(room, commands, "");
  }

  private List<ActionResult> give(RoomId room, List<MixerCommand> commands, String subject) {
    List<PendingCondition> expected = new ArrayList<>();
    try {
      List<Sent> all = send(room, commands, expected);
      List<ActionResult> results = new ArrayList<>();
      boolean compared = false;
      for (Sent sent : all) {
        Optional<Condition.Result> effect = sent.await(compared ? Duration.ZERO : EVENT_TIMEOUT);
        if (effect.isEmpty() && sent.isOpen() && !compared) {
          // A single snapshot of the mixer reveals the effects of all commands.
          compared = true;
          rooms.compare(room);
          effect = sent.await(Duration.ZERO);
        }
        results.add(result(room, sent, effect, subject));
      }
      return results;
    } finally {
      expected.forEach(rooms::forget);
    }
  }

  private List<Sent> send(
      RoomId room, List<MixerCommand> commands, List<PendingCondition> expected) {
    List<Sent> all = new ArrayList<>();
    boolean unresponsive = false;
    for (MixerCommand command : commands) {
      Optional<Condition> confirmation = Condition.confirming(command);
      Optional<PendingCondition> effect =
          confirmation.flatMap(condition -> rooms.expect(room, condition));
      effect.ifPresent(expected::add);
      // If the mixer does not reply to one command, the others are not sent, because waiting for
      // each of them would take too long.
      MixerReply reply =
          unresponsive
              ? new MixerReply.Unknown("not sent because the mixer is not responding")
              : mixer.apply(room, command);
      unresponsive |= reply instanceof MixerReply.Unknown;
      all.add(new Sent(command, confirmation.isPresent(), effect, reply));
    }
    return all;
  }

  /** Returns the state of a room as the mixer shows it. */
  SnapshotReply snapshot(RoomId room) {
    return mixer.snapshot(room);
  }

  /**
   * Runs a task that causes other components to send commands, and waits for the expected effect.
   */
  ActionResult begin(RoomId room, Condition effect, Runnable task) {
    Optional<PendingCondition> expected = rooms.expect(room, effect);
    try {
      task.run();
      if (expected.isEmpty() || expected.get().await(EVENT_TIMEOUT).isPresent()) {
        return DONE;
      }
      rooms.compare(room);
      return expected.get().await(Duration.ZERO).isPresent() ? DONE : UNCONFIRMED;
    } finally {
      expected.ifPresent(rooms::forget);
    }
  }

  private static ActionResult result(
      RoomId room, Sent sent, Optional<Condition.Result> effect, String subject) {
    if (effect.filter(Condition.Result.FAILED::equals).isPresent()) {
      return Refusals.refused(ActionResult.Reason.BY_MIXER, "", "the mixer reported a failure");
    }
    return switch (sent.reply()) {
      case MixerReply.Refused refused -> byMixer(room, sent.command(), refused);
      case MixerReply.NotThere gone -> effect.isPresent() ? DONE : gone(room, subject);
      case MixerReply.Done done -> effect.isPresent() || !sent.confirmable() ? DONE : UNCONFIRMED;
      case MixerReply.Unknown(String why) ->
          effect.isPresent() ? DONE : new ActionResult.Unknown(why);
    };
  }

  /** Logs the mixer's message but does not return it, because it may name files. */
  private static ActionResult byMixer(
      RoomId room, MixerCommand command, MixerReply.Refused refused) {
    LOG.debug("room {}: the mixer refused {}: {}", room, OneLine.of(command), refused.why());
    boolean plays = command instanceof MixerCommand.Play || command instanceof MixerCommand.PlayTo;
    return Refusals.refused(
        ActionResult.Reason.BY_MIXER,
        "",
        plays ? "the media cannot be played" : "the mixer refused the action");
  }

  private static ActionResult gone(RoomId room, String subject) {
    return subject.isEmpty()
        ? Refusals.refused(
            ActionResult.Reason.UNKNOWN_CONFERENCE, room.conference(), "the conference has ended")
        : Refusals.refused(
            ActionResult.Reason.UNKNOWN_PARTICIPANT, subject, "the participant has left");
  }
}
