package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.kept.OperatorSettings.BanResult;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Rooms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bans caller numbers, and stores the bans. */
record Bans(Rooms rooms, Keeping keeping) {

  ActionResult ban(RoomId room, String number) {
    return ban(room, List.of(number));
  }

  /** Bans numbers. If there are too many, those that are still allowed are banned. */
  ActionResult ban(RoomId room, List<String> numbers) {
    return keeping.inTurn(room, () -> banNow(room, numbers));
  }

  ActionResult unban(RoomId room, String number) {
    return keeping.inTurn(
        room,
        () -> {
          rooms.tell(room, state -> state.unban(number));
          return keeping.keepSettings(room, variable(number, false));
        });
  }

  private ActionResult banNow(RoomId room, List<String> numbers) {
    Map<String, String> variables = new HashMap<>();
    boolean tooMany = false;
    for (String number : numbers) {
      // If the room does not answer in time, it still carries out the ban.
      BanResult result = rooms.ask(room, state -> state.ban(number)).orElse(BanResult.ADDED);
      if (result == BanResult.TOO_MANY) {
        tooMany = true;
      } else {
        variables.putAll(variable(number, true));
      }
    }
    ActionResult stored = keeping.keepSettings(room, variables);
    return tooMany && stored instanceof ActionResult.Done ? tooMany(room) : stored;
  }

  private ActionResult tooMany(RoomId room) {
    return Refusals.refused(
        ActionResult.Reason.NOT_POSSIBLE,
        room.conference(),
        "the number is not banned, because the conference has the maximum of "
            + rooms.maxBans()
            + " bans (max_bans)");
  }

  /** Returns the variable for a ban; empty for a withheld number, which cannot be banned. */
  private static Map<String, String> variable(String number, boolean on) {
    String compared = CallerNumber.spelling(number);
    return compared.isEmpty() ? Map.of() : KeptVariables.ban(compared, on);
  }
}
