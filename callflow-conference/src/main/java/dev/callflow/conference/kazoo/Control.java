package dev.callflow.conference.kazoo;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Translates requests in the words of Kazoo's REST API into actions, and results into replies. */
public final class Control {

  /** Performs actions on conferences. */
  public interface Performer {

    /**
     * Performs an action. Blocks until its result is known.
     *
     * @param room the conference
     * @param action the action
     * @param idempotencyKey the key that identifies repetitions of the request; empty for none
     * @return the result
     */
    ActionResult perform(RoomId room, ConferenceAction action, Optional<String> idempotencyKey);
  }

  private final Performer performer;

  /**
   * Creates a translator.
   *
   * @param performer the performer of the actions
   */
  public Control(Performer performer) {
    this.performer = performer;
  }

  /**
   * Carries out a request. Blocks as long as the performer does.
   *
   * @param request the request
   * @return the reply
   */
  public ControlReply control(ControlRequest request) {
    Translation translated =
        switch (request.target()) {
          case ControlRequest.Target.Conference whole -> conference(request);
          case ControlRequest.Target.Participants all -> participants(request);
          case ControlRequest.Target.Participant one -> participant(request, one.id());
        };
    return switch (translated) {
      case Translation.Wrong(ControlReply reply) -> reply;
      case Translation.Right(ConferenceAction action, String text) ->
          reply(perform(request, action), action, text);
    };
  }

  private ActionResult perform(ControlRequest request, ConferenceAction action) {
    return performer.perform(request.room(), action, request.idempotencyKey());
  }

  /** The result of translating a request. */
  private sealed interface Translation {

    /**
     * The request is a valid action.
     *
     * @param text the text of the reply if the action succeeds
     */
    record Right(ConferenceAction action, String text) implements Translation {}

    /** The request is invalid. */
    record Wrong(ControlReply reply) implements Translation {}
  }

  private static Translation right(ConferenceAction action) {
    return new Translation.Right(action, "ok");
  }

  private static Translation noAction(ControlRequest request) {
    return new Translation.Wrong(faulty("unknown action " + request.action()));
  }

  // Actions on the conference as a whole

  private static Translation conference(ControlRequest request) {
    ObjectNode data = data(request);
    return switch (request.action()) {
      case "lock" -> right(new ConferenceAction.Lock(true));
      case "unlock" -> right(new ConferenceAction.Lock(false));
      case "play" -> play(request);
      case "stop_play" -> right(new ConferenceAction.StopPlaying());
      case "record" -> record(data);
      case "vars" -> vars(data);
      case "dial" -> dial(request);
      case "cancel" ->
          right(new ConferenceAction.CancelDial(Json.text(data, "call_id").orElse("")));
      case "end" -> right(new ConferenceAction.End());
      case "max_participants" -> limit(data);
      case "ban" -> right(new ConferenceAction.Ban(Json.text(data, "caller_id_number").orElse("")));
      case "unban" ->
          right(new ConferenceAction.Unban(Json.text(data, "caller_id_number").orElse("")));
      default -> noAction(request);
    };
  }

  private static Translation play(ControlRequest request) {
    ObjectNode data = data(request);
    return data.isEmpty()
        ? wrong("data", "required", "action 'play' requires a data object")
        : right(new ConferenceAction.Play(Json.text(data, "media_id").orElse("")));
  }

  private static Translation record(ObjectNode data) {
    JsonNode action = data.get("action");
    if (action == null) {
      return wrong("data.action", "required", "recording requires an action");
    }
    return switch (action.asString("")) {
      case "start" ->
          new Translation.Right(new ConferenceAction.Record(true), "starting recording");
      case "stop" ->
          new Translation.Right(new ConferenceAction.Record(false), "stopping recording");
      default -> wrong("data.action", "enum", "must be start or stop");
    };
  }

  private static Translation vars(ObjectNode data) {
    Optional<ObjectNode> vars = Json.object(data, "custom_conference_vars");
    if (vars.isEmpty()) {
      return wrong("data.custom_conference_vars", "required", "action 'vars' requires variables");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> var : vars.get().properties()) {
      if (!var.getValue().isValueNode()) {
        return wrong(
            "data.custom_conference_vars." + var.getKey(),
            "type",
            "must not be an object or an array");
      }
      variables.put(var.getKey(), var.getValue().asString(""));
    }
    return right(
        new ConferenceAction.SetVariables(variables, Json.bool(data, "notify").orElse(false)));
  }

  private static Translation limit(ObjectNode data) {
    JsonNode limit = data.get("max_participants");
    if (limit == null) {
      return wrong("data.max_participants", "required", "is missing");
    }
    if (limit.isNull()) {
      return right(new ConferenceAction.SetMaxParticipants(OptionalInt.empty()));
    }
    return Json.integer(data, "max_participants")
        .map(number -> right(new ConferenceAction.SetMaxParticipants(OptionalInt.of(number))))
        .orElseGet(() -> wrong("data.max_participants", "type", "must be a whole number"));
  }

  /**
   * Reads a dial request. The application variables are next to the inner data object; all other
   * fields are inside it.
   */
  private static Translation dial(ControlRequest request) {
    ObjectNode outer = request.data();
    if (data(request).isEmpty()) {
      return wrong("data", "required", "action 'dial' requires a data object");
    }
    return switch (DialForm.read(data(request), outer)) {
      case DialForm.Read(DialRequest dial) -> right(new ConferenceAction.Dial(dial));
      case DialForm.Wrong(String field, String rule, String message) ->
          wrong("data." + field, rule, message);
    };
  }

  // Actions on participants

  private static Translation participants(ControlRequest request) {
    return switch (request.action()) {
      case "mute" -> right(new ConferenceAction.MuteAll(true));
      case "unmute" -> right(new ConferenceAction.MuteAll(false));
      case "deaf" -> right(new ConferenceAction.DeafAll(true));
      case "undeaf" -> right(new ConferenceAction.DeafAll(false));
      case "kick" -> right(new ConferenceAction.KickAll(isBan(request)));
      case "play" -> play(request);
      case "relate" -> relate(request);
      default -> noAction(request);
    };
  }

  private static boolean isBan(ControlRequest request) {
    return Json.bool(data(request), "ban").orElse(false);
  }

  private static Translation participant(ControlRequest request, String participant) {
    return switch (request.action()) {
      case "mute" -> right(new ConferenceAction.Mute(participant, true));
      case "unmute" -> right(new ConferenceAction.Mute(participant, false));
      case "deaf" -> right(new ConferenceAction.Deaf(participant, true));
      case "undeaf" -> right(new ConferenceAction.Deaf(participant, false));
      case "kick" -> right(new ConferenceAction.Kick(participant, isBan(request)));
      case "admit" -> right(new ConferenceAction.Admit(participant));
      case "play" -> {
        ObjectNode data = data(request);
        yield data.isEmpty()
            ? wrong("data", "required", "action 'play' requires a data object")
            : right(
                new ConferenceAction.PlayTo(participant, Json.text(data, "media_id").orElse("")));
      }
      case "energy" -> level(request, level -> new ConferenceAction.Energy(participant, level));
      case "volume_in" ->
          level(request, level -> new ConferenceAction.TalkVolume(participant, level));
      case "volume_out" ->
          level(request, level -> new ConferenceAction.ListenVolume(participant, level));
      case "promote" -> right(new ConferenceAction.SetRole(participant, true));
      case "demote" -> right(new ConferenceAction.SetRole(participant, false));
      case "move" ->
          right(
              new ConferenceAction.Move(
                  participant, Json.text(data(request), "conference_id").orElse("")));
      default -> noAction(request);
    };
  }

  private static Translation level(ControlRequest request, IntFunction<ConferenceAction> action) {
    return Json.integer(data(request), "level")
        .map(level -> right(action.apply(level)))
        .orElseGet(() -> wrong("data.level", "required", "must be a whole number"));
  }

  private static Translation relate(ControlRequest request) {
    ObjectNode data = data(request);
    for (String key : List.of("participant_id", "other_participant")) {
      JsonNode id = data.get(key);
      if (id == null) {
        return wrong("data." + key, "required", "relate requires two participants");
      }
      if (!id.isString() && !id.isIntegralNumber()) {
        return wrong("data." + key, "type", "must be a number or a string");
      }
    }
    Optional<MixerCommand.Relation> relation =
        switch (Json.text(data, "relationship").orElse("clear")) {
          case "mute" -> Optional.of(MixerCommand.Relation.MUTE);
          case "deaf" -> Optional.of(MixerCommand.Relation.DEAF);
          case "clear" -> Optional.of(MixerCommand.Relation.CLEAR);
          default -> Optional.empty();
        };
    return relation
        .<Translation>map(of ->
            new Translation.Right(
                new ConferenceAction.Relate(
                    data.path("participant_id").asString(""),
                    data.path("other_participant").asString(""),
                    of),
                "relating participants"))
        .orElseGet(() -> wrong("data.relationship", "enum", "must be clear, mute or deaf"));
  }

  // Replies

  /**
   * Returns the data of the action. In Kazoo's documentation, some actions have a nested data
   * object; both forms are accepted.
   */
  private static ObjectNode data(ControlRequest request) {
    return Json.object(request.data(), "data").orElse(request.data());
  }

  private static ControlReply reply(ActionResult result, ConferenceAction action, String text) {
    return switch (result) {
      case ActionResult.Done done ->
          new ControlReply.Ok(
              action instanceof ConferenceAction.Dial ? rows(done) : StringNode.valueOf(text));
      case ActionResult.Unknown(String why) -> new ControlReply.Unknown(why);
      case ActionResult.Refused refused -> refused(refused);
    };
  }

  private static ControlReply refused(ActionResult.Refused refused) {
    return switch (refused.reason()) {
      case UNKNOWN_CONFERENCE, UNKNOWN_PARTICIPANT, UNKNOWN_MEDIA -> {
        ObjectNode data = Json.object();
        data.put("id", refused.field());
        data.put("message", "bad identifier");
        yield new ControlReply.Refused(ControlReply.Reason.BAD_IDENTIFIER, data);
      }
      case INVALID -> invalid("data." + refused.field(), refused.rule(), refused.message());
      case LIMIT ->
          new ControlReply.Refused(
              ControlReply.Reason.LIMIT,
              Json.object().put("limit", refused.field()).put("message", refused.message()));
      case NOT_POSSIBLE, BY_MIXER -> faulty(refused.message());
    };
  }

  private static ObjectNode rows(ActionResult.Done done) {
    ObjectNode data = Json.object();
    ArrayNode rows = data.putArray("endpoint_responses");
    for (DialledEndpoint leg : done.dialled()) {
      ObjectNode row = rows.addObject();
      row.put("endpoint_id", leg.endpoint());
      row.put("status", leg.joined() ? "success" : "error");
      if (!leg.callId().isEmpty()) {
        row.put("call_id", leg.callId());
        row.put("job_id", leg.jobId());
      }
      row.put("message", leg.message());
    }
    return data;
  }

  private static ControlReply faulty(String why) {
    return new ControlReply.Refused(ControlReply.Reason.FAULTY_REQUEST, StringNode.valueOf(why));
  }

  private static Translation wrong(String path, String rule, String message) {
    return new Translation.Wrong(invalid(path, rule, message));
  }

  private static ControlReply invalid(String path, String rule, String message) {
    ObjectNode data = Json.object();
    data.putObject(path).putObject(rule).put("message", message);
    return new ControlReply.Refused(ControlReply.Reason.VALIDATION_ERROR, data);
  }
}
