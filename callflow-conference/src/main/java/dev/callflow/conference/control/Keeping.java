package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores operators' settings in variables of the mixer's room before an action is acknowledged, so
 * that a restarted host finds them there. If the room is not running, nothing is stored now; the
 * settings are stored when the mixer creates the room.
 *
 * @param mixer the mixer that has the rooms
 */
public record Keeping(Mixer mixer) {

  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  ActionResult keep(RoomId room, Map<String, String> variables) {
    if (variables.isEmpty()) {
      return Orders.DONE;
    }
    return switch (mixer.apply(room, new MixerCommand.SetVariables(variables))) {
      case MixerReply.Done done -> Orders.DONE;
      case MixerReply.NotThere notRunning -> Orders.DONE;
      case MixerReply.Unknown(String why) -> new ActionResult.Unknown(why);
      case MixerReply.Refused(String why) -> {
        LOG.warn(
            "room {}: the mixer refused to store a setting, which will be lost when the host restarts: {}",
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
