package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.PendingCondition;
import dev.callflow.conference.room.Rooms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives commands to the mixer, and reports each as done when the mixer shows its effect: by an
 * event, or, if none comes, by its snapshot. A command whose effect nothing shows is done when the
 * mixer says so.
 */
public final class Orders {

  /** How long the event of a command may take; then the mixer is asked. */
  private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  static final ActionResult DONE = new ActionResult.Done(List.of());

  private static final ActionResult UNPROVEN =
      new ActionResult.Unknown("the mixer shows no sign of it");

  private final Mixer mixer;
  private final Rooms rooms;

  public Orders(Mixer mixer, Rooms rooms) {
    this.mixer = mixer;
    this.rooms = rooms;
  }

  /** A command that was sent, the wait for its effect, and the mixer's answer. */
  private record Sent(
      MixerCommand command, boolean provable, Optional<PendingCondition> effect, MixerReply reply) {

    /** Tells whether the effect, and not the answer, decides. */
    boolean isOpen() {
      return provable && (reply instanceof MixerReply.Done || reply instanceof MixerReply.Unknown);
    }

    Optional<Condition.Result> await(Duration timeout) {
      return effect.flatMap(pending -> pending.await(isOpen() ? timeout : Duration.ZERO));
    }
  }

  /**
   * Gives a command.
   *
   * @param subject the id of the participant it is about, for a refusal; empty for the conference
   */
  ActionResult give(RoomId room, MixerCommand command, String subject) {
    return give(room, List.of(command), subject).getFirst();
  }

  /** Gives commands one after the other, and waits for their effects together. */
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
          // One comparison shows the effects of all commands.
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
    boolean silent = false;
    for (MixerCommand command : commands) {
      Optional<Condition> proof = Condition.proving(command);
      Optional<PendingCondition> effect = proof.flatMap(condition -> rooms.expect(room, condition));
      effect.ifPresent(expected::add);
      // A mixer that does not answer is not asked a thousand times more.
      MixerReply reply = silent ? new MixerReply.Unknown("not sent") : mixer.apply(room, command);
      silent |= reply instanceof MixerReply.Unknown;
      all.add(new Sent(command, proof.isPresent(), effect, reply));
    }
    return all;
  }

  /** Begins something that leads others to give commands, and waits for its effect. */
  ActionResult begin(RoomId room, Condition effect, Runnable task) {
    Optional<PendingCondition> expected = rooms.expect(room, effect);
    try {
      task.run();
      if (expected.isEmpty() || expected.get().await(EVENT_TIMEOUT).isPresent()) {
        return DONE;
      }
      rooms.compare(room);
      return expected.get().await(Duration.ZERO).isPresent() ? DONE : UNPROVEN;
    } finally {
      expected.ifPresent(rooms::forget);
    }
  }

  private static ActionResult result(
      RoomId room, Sent sent, Optional<Condition.Result> effect, String subject) {
    if (effect.filter(Condition.Result.FAILED::equals).isPresent()) {
      return Refusals.refused(ActionResult.Reason.BY_MIXER, "", "the mixer could not do it");
    }
    return switch (sent.reply()) {
      case MixerReply.Refused refused -> byMixer(room, sent.command(), refused);
      case MixerReply.NotThere gone -> effect.isPresent() ? DONE : gone(room, subject);
      case MixerReply.Done done -> effect.isPresent() || !sent.provable() ? DONE : UNPROVEN;
      case MixerReply.Unknown(String why) ->
          effect.isPresent() ? DONE : new ActionResult.Unknown(why);
    };
  }

  /** The mixer's words may name its files: they are for the log, not for the operator. */
  private static ActionResult byMixer(
      RoomId room, MixerCommand command, MixerReply.Refused refused) {
    LOG.debug("room {}: the mixer refuses {}: {}", room, command, refused.why());
    boolean plays = command instanceof MixerCommand.Play || command instanceof MixerCommand.PlayTo;
    return Refusals.refused(
        ActionResult.Reason.BY_MIXER,
        "",
        plays ? "the medium cannot be played" : "the mixer has refused it");
  }

  private static ActionResult gone(RoomId room, String subject) {
    return subject.isEmpty()
        ? Refusals.refused(
            ActionResult.Reason.UNKNOWN_CONFERENCE, room.conference(), "the conference has ended")
        : Refusals.refused(
            ActionResult.Reason.UNKNOWN_PARTICIPANT, subject, "the participant has left");
  }
}
