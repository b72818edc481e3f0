package dev.callflow.conference.control;

import static dev.callflow.conference.control.Refusals.invalid;
import static dev.callflow.conference.control.Refusals.refused;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.FoundMedia;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Validates the properties of an action without looking at the state of the conference. */
final class ActionChecks {

  private static final int MAX_SEATS = 10_000;
  private static final int MAX_VALUE = 1024;
  private static final String VARIABLE_RULE =
      "the name must be 1 to 64 letters, digits or _ and must not begin with callflow_, and the"
          + " value must be a single line of at most "
          + MAX_VALUE
          + " characters without quotes, backslashes, braces, $ or ;";

  private final OperatorMedia media;

  ActionChecks(OperatorMedia media) {
    this.media = media;
  }

  /** Returns the refusal; empty if the action is valid. */
  Optional<ActionResult> check(RoomId room, ConferenceAction action) {
    return switch (action) {
      case ConferenceAction.Play(String text) -> media(room, text);
      case ConferenceAction.PlayTo(var participant, String text) -> media(room, text);
      case ConferenceAction.SetVariables(var variables, boolean tell) -> variables(variables);
      case ConferenceAction.SetMaxParticipants(OptionalInt max) ->
          max.isPresent() ? range("max_participants", max.getAsInt(), 1, MAX_SEATS) : valid();
      case ConferenceAction.Energy(var participant, int level) -> range("level", level, 0, 1800);
      case ConferenceAction.TalkVolume(var participant, int level) -> range("level", level, -4, 4);
      case ConferenceAction.ListenVolume(var participant, int level) ->
          range("level", level, -4, 4);
      case ConferenceAction.Ban(String number) -> callerNumber(number);
      case ConferenceAction.Unban(String number) -> callerNumber(number);
      case ConferenceAction.CancelDial(String call) -> present("call_id", call);
      case ConferenceAction.Move(var participant, String conference) ->
          present("conference_id", conference);
      case ConferenceAction.Dial(DialRequest request) -> DialCheck.check(room, request);
      case ConferenceAction.Lock lock -> valid();
      case ConferenceAction.StopPlaying stop -> valid();
      case ConferenceAction.Record record -> valid();
      case ConferenceAction.End end -> valid();
      case ConferenceAction.MuteAll mute -> valid();
      case ConferenceAction.DeafAll deaf -> valid();
      case ConferenceAction.KickAll kick -> valid();
      case ConferenceAction.Mute mute -> valid();
      case ConferenceAction.Deaf deaf -> valid();
      case ConferenceAction.Kick kick -> valid();
      case ConferenceAction.Admit admit -> valid();
      case ConferenceAction.Relate relate -> valid();
      case ConferenceAction.SetRole role -> valid();
    };
  }

  private static Optional<ActionResult> valid() {
    return Optional.empty();
  }

  private static Optional<ActionResult> present(String field, String text) {
    return text.isEmpty() ? Optional.of(invalid(field, "required", "is missing")) : valid();
  }

  private Optional<ActionResult> media(RoomId room, String text) {
    if (text.isEmpty()) {
      return Optional.of(
          invalid("media_id", "required", "action 'play' requires a media ID or URL"));
    }
    return switch (media.find(room, text)) {
      case FoundMedia.Playable playable -> valid();
      case FoundMedia.Refused(String why) -> Optional.of(invalid("media_id", "format", why));
      case FoundMedia.Unknown(String id) ->
          Optional.of(
              refused(
                  Reason.UNKNOWN_MEDIA,
                  id,
                  "the account has no media document or prompt with that name"));
    };
  }

  private static Optional<ActionResult> variables(Map<String, String> variables) {
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String value = variable.getValue();
      if (!variable.getKey().matches("[A-Za-z0-9_]{1,64}")
          || variable.getKey().startsWith(KeptVariables.PREFIX)
          || value.length() > MAX_VALUE
          || value.chars().anyMatch(c -> c < ' ' || c == 0x7f || "'\"\\$;{}".indexOf(c) >= 0)) {
        return Optional.of(
            invalid(
                "custom_conference_vars." + variable.getKey().replaceAll("[^A-Za-z0-9_]", "?"),
                "pattern",
                VARIABLE_RULE));
      }
    }
    return valid();
  }

  private static Optional<ActionResult> range(String field, int level, int min, int max) {
    if (level < min) {
      return Optional.of(invalid(field, "minimum", "must be at least " + min));
    }
    return level > max ? Optional.of(invalid(field, "maximum", "must be at most " + max)) : valid();
  }

  private static Optional<ActionResult> callerNumber(String number) {
    return number.matches("[^\\p{Cntrl}'\"\\\\]{1,64}")
        ? valid()
        : Optional.of(
            invalid(
                "caller_id_number",
                "pattern",
                "must have 1 to 64 characters, and no quotes or backslashes"));
  }
}
