package dev.callflow.host;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.core.time.OneLine;
import java.util.Locale;

/**
 * Actions and results in words, for the log. Numbers, media and variables are left out: they can be
 * personal or secret.
 */
public final class ActionText {

  private static final int MAX_ID = 64;

  private ActionText() {}

  /**
   * Describes an action, with the participant that it concerns.
   *
   * @param action the action
   * @return the words, such as {@code unmute 17}, on one line
   */
  public static String of(ConferenceAction action) {
    return switch (action) {
      case ConferenceAction.Lock(boolean on) -> on ? "lock" : "unlock";
      case ConferenceAction.Play play -> "play";
      case ConferenceAction.StopPlaying stop -> "stop playing";
      case ConferenceAction.Record(boolean on) -> on ? "start recording" : "stop recording";
      case ConferenceAction.SetVariables set -> "set variables";
      case ConferenceAction.Dial dial -> "dial";
      case ConferenceAction.CancelDial(String call) -> "cancel dialling" + id(call);
      case ConferenceAction.End end -> "end";
      case ConferenceAction.SetMaxParticipants max -> "set the maximum";
      case ConferenceAction.Ban ban -> "ban a number";
      case ConferenceAction.Unban unban -> "unban a number";
      case ConferenceAction.MuteAll(boolean on) -> on ? "mute all" : "unmute all";
      case ConferenceAction.DeafAll(boolean on) -> on ? "deafen all" : "undeafen all";
      case ConferenceAction.KickAll(boolean ban) -> ban ? "kick and ban all" : "kick all";
      case ConferenceAction.OfParticipant one -> of(one);
    };
  }

  private static String of(ConferenceAction.OfParticipant action) {
    return switch (action) {
      case ConferenceAction.Mute(String who, boolean on) -> (on ? "mute" : "unmute") + id(who);
      case ConferenceAction.Deaf(String who, boolean on) -> (on ? "deafen" : "undeafen") + id(who);
      case ConferenceAction.Kick(String who, boolean ban) ->
          (ban ? "kick and ban" : "kick") + id(who);
      case ConferenceAction.Admit(String who) -> "admit" + id(who);
      case ConferenceAction.PlayTo play -> "play to" + id(play.participant());
      case ConferenceAction.Relate relate -> "relate" + id(relate.participant());
      case ConferenceAction.Energy energy -> "set the energy level of" + id(energy.participant());
      case ConferenceAction.TalkVolume volume ->
          "set the talk volume of" + id(volume.participant());
      case ConferenceAction.ListenVolume volume ->
          "set the listen volume of" + id(volume.participant());
      case ConferenceAction.SetRole(String who, boolean moderator) ->
          (moderator ? "promote" : "demote") + id(who);
      case ConferenceAction.Move move -> "move" + id(move.participant());
    };
  }

  /**
   * Describes a result.
   *
   * @param result the result
   * @return {@code done}, {@code unknown}, or {@code refused} with the reason
   */
  public static String of(ActionResult result) {
    return switch (result) {
      case ActionResult.Done done -> "done";
      case ActionResult.Refused refused ->
          "refused (" + refused.reason().name().toLowerCase(Locale.ROOT) + ")";
      case ActionResult.Unknown unknown -> "unknown";
    };
  }

  private static String id(String text) {
    String line = OneLine.of(text);
    return " " + (line.length() > MAX_ID ? line.substring(0, MAX_ID) + "..." : line);
  }
}
