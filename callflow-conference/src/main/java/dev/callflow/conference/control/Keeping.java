package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.kept.RoomTurns;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores operators' settings before an action is acknowledged, so that a restarted host finds them:
 * in variables of the mixer's room, and with the calls of the callers outside. The settings of a
 * conference are changed and stored by one thread at a time, so that a later change is also stored
 * later.
 *
 * @param mixer the mixer that has the rooms
 * @param rooms returns the rooms; called for each change, because the rooms are created later
 */
public record Keeping(Mixer mixer, Supplier<Rooms> rooms) {

  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  /** Runs a change of settings when all earlier changes have been made and stored. */
  ActionResult inTurn(RoomId room, Supplier<ActionResult> change) {
    try (RoomTurns.Turn turn = rooms.get().turns().queue(room)) {
      return turn.begin(CallerCopies.TURN_TIMEOUT)
          ? change.get()
          : new ActionResult.Unknown("not done because an earlier change takes too long");
    }
  }

  /**
   * Stores the current settings; to be called in the conference's turn.
   *
   * @param changed the variables of the mixer's room that change
   */
  ActionResult keepSettings(RoomId room, Map<String, String> changed) {
    Optional<CallerCopies.Due> due = rooms.get().ask(room, RoomState::settingsDue);
    if (due.isEmpty() || due.get().revision() == 0) {
      // The conference has ended, or nothing has been set.
      return Orders.DONE;
    }
    MixerReply stored = new MixerReply.Done();
    if (due.get().inMixer()) {
      Map<String, String> variables = new HashMap<>(changed);
      variables.putAll(KeptVariables.revision(due.get().revision()));
      stored = mixer.apply(room, new MixerCommand.SetVariables(variables));
    }
    CallerCopies copies = new CallerCopies(mixer, rooms.get().turns());
    return result(
        room,
        stored instanceof MixerReply.Unknown
            ? stored
            : worse(stored, copies.store(room, due.get())));
  }

  private static MixerReply worse(MixerReply first, MixerReply second) {
    return first instanceof MixerReply.Refused ? first : second;
  }

  /** Stores results of actions, by the digests of their keys; an empty result removes one. */
  void keepResults(RoomId room, Map<String, String> results) {
    Map<String, String> variables = new HashMap<>();
    results.forEach((digest, result) -> variables.putAll(KeptVariables.result(digest, result)));
    inTurn(
        room,
        () -> {
          rooms.get().tell(room, state -> state.results(results));
          return keepSettings(room, variables);
        });
  }

  /** Stores variables in the mixer's room; does nothing if it is not running. */
  ActionResult keep(RoomId room, Map<String, String> variables) {
    return variables.isEmpty()
        ? Orders.DONE
        : result(room, mixer.apply(room, new MixerCommand.SetVariables(variables)));
  }

  private static ActionResult result(RoomId room, MixerReply reply) {
    return switch (reply) {
      case MixerReply.Done done -> Orders.DONE;
      case MixerReply.NotThere notRunning -> Orders.DONE;
      case MixerReply.Unknown(String why) -> new ActionResult.Unknown(why);
      case MixerReply.Refused(String why) -> {
        LOG.warn(
            "room {}: the mixer refused to store a setting, which will be lost when the host"
                + " restarts: {}",
            room,
            why);
        yield Refusals.refused(
            ActionResult.Reason.BY_MIXER,
            "",
            "the setting applies, but will be lost when the host restarts");
      }
    };
  }
}
