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
 * Keeps with the mixer's room what operators have set, before the action is acknowledged: a host
 * that starts again finds it there. A room that does not run keeps nothing; what was set for
 * callers who wait is kept when the room begins.
 *
 * @param mixer the mixer
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
        LOG.warn("room {}: the mixer does not keep what was set: {}", room, why);
        yield Refusals.refused(
            ActionResult.Reason.BY_MIXER, "", "it is set, but is lost when the host restarts");
      }
    };
  }
}
