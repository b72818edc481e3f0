package dev.callflow.conference;

import dev.callflow.conference.room.Departure;
import dev.callflow.conference.room.Member;
import dev.callflow.conference.room.Mixer;
import dev.callflow.conference.room.MixerCommand;
import dev.callflow.conference.room.MixerReply;
import dev.callflow.conference.room.RoomId;
import dev.callflow.conference.room.RoomSight;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaReference;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Carries out what operators ask for (spec 6.4 to 6.6). */
final class Control {

  private static final ControlReply OK = ok("ok");

  private final DocumentStore store;
  private final Mixer mixer;
  private final Rooms rooms;

  Control(DocumentStore store, Mixer mixer, Rooms rooms) {
    this.store = store;
    this.mixer = mixer;
    this.rooms = rooms;
  }

  ControlReply control(ControlRequest request) {
    Optional<RoomSight> sight = rooms.sight(request.room()).filter(it -> it.instance().isPresent());
    try {
      if (sight.isEmpty() && !isStored(request.room())) {
        return badIdentifier(request.room().conference());
      }
      return switch (request.target()) {
        case ControlRequest.Target.Conference whole -> conference(request, sight);
        case ControlRequest.Target.Participants all -> participants(request, sight);
        case ControlRequest.Target.Participant one -> participant(request, sight, one.id());
      };
    } catch (StoreUnavailableException e) {
      return new ControlReply.Unknown("documents cannot be read");
    }
  }

  private boolean isStored(RoomId room) {
    return store.find(room.account(), DocumentType.CONFERENCE, room.conference()).isPresent();
  }

  // ---- the conference as a whole

  private ControlReply conference(ControlRequest request, Optional<RoomSight> sight) {
    return switch (request.action()) {
      case "lock" -> ifRunning(sight, new MixerCommand.Lock(true));
      case "unlock" -> ifRunning(sight, new MixerCommand.Lock(false));
      case "play" -> play(request, sight, Optional.empty());
      case "record" -> record(request, sight);
      case "vars" -> vars(request, sight);
      case "end" -> {
        rooms.end(request.room());
        yield OK;
      }
      case "unban" -> {
        Json.text(data(request), "caller_id_number")
            .ifPresent(number -> rooms.unban(request.room(), number));
        yield OK;
      }
      default -> faulty("there is no action " + request.action());
    };
  }

  private ControlReply record(ControlRequest request, Optional<RoomSight> sight) {
    Optional<JsonNode> action = Optional.ofNullable(data(request).get("action"));
    if (action.isEmpty()) {
      return invalid("data.action", "required", "recording requires an action");
    }
    return switch (action.get().asString("")) {
      case "start" -> {
        if (sight.isPresent() && !sight.get().recording()) {
          ControlReply reply =
              ifRunning(
                  sight, new MixerCommand.StartRecording(rooms.recordingName(request.room())));
          yield reply instanceof ControlReply.Ok ? ok("starting recording") : reply;
        }
        yield ok("starting recording");
      }
      case "stop" -> {
        if (sight.isPresent() && sight.get().recording()) {
          ControlReply reply = ifRunning(sight, new MixerCommand.StopRecording());
          yield reply instanceof ControlReply.Ok ? ok("stopping recording") : reply;
        }
        yield ok("stopping recording");
      }
      default -> invalid("data.action", "enum", "must be start or stop");
    };
  }

  private ControlReply vars(ControlRequest request, Optional<RoomSight> sight) {
    Optional<ObjectNode> vars = Json.object(data(request), "custom_conference_vars");
    if (vars.isEmpty()) {
      return invalid("data.custom_conference_vars", "required", "action 'vars' requires variables");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> var : vars.get().properties()) {
      String value = var.getValue().asString("");
      if (!var.getKey().matches("[A-Za-z0-9_]{1,64}")
          || !var.getValue().isValueNode()
          || value.chars().anyMatch(c -> c < ' ')) {
        return invalid(
            "data.custom_conference_vars." + var.getKey(), "pattern", "is no plain variable");
      }
      variables.put(var.getKey(), value);
    }
    return ifRunning(sight, new MixerCommand.SetVariables(variables));
  }

  /** To the room, or to one member of it. */
  private ControlReply play(
      ControlRequest request, Optional<RoomSight> sight, Optional<Member> member) {
    ObjectNode data = data(request);
    if (data.isEmpty()) {
      return invalid("data", "required", "action 'play' requires a data object");
    }
    Optional<String> text = Json.text(data, "media_id");
    if (text.isEmpty()) {
      return invalid("data.media_id", "required", "action 'play' requires a media ID or URL");
    }
    Optional<Media> media = MediaReference.read(text.get(), request.room().account(), store);
    if (media.isEmpty()) {
      return invalid("data.media_id", "format", "is nothing that may be played");
    }
    return ifRunning(
        sight,
        member
            .<MixerCommand>map(to -> new MixerCommand.PlayTo(to.call(), media.get()))
            .orElseGet(() -> new MixerCommand.Play(media.get())));
  }

  // ---- participants

  private ControlReply participants(ControlRequest request, Optional<RoomSight> sight) {
    List<Member> members = sight.map(RoomSight::members).orElse(List.of());
    return switch (request.action()) {
      case "mute" ->
          bulk(
              sight,
              members.stream().filter(it -> !it.moderator() && !it.muted()),
              it -> new MixerCommand.Mute(it.call(), true));
      case "unmute" ->
          bulk(
              sight,
              members.stream().filter(it -> !it.moderator() && it.muted()),
              it -> new MixerCommand.Mute(it.call(), false));
      case "deaf" ->
          bulk(
              sight,
              members.stream().filter(it -> !it.moderator() && !it.deaf()),
              it -> new MixerCommand.Deaf(it.call(), true));
      case "undeaf" ->
          bulk(
              sight,
              members.stream().filter(it -> !it.moderator() && it.deaf()),
              it -> new MixerCommand.Deaf(it.call(), false));
      case "kick" -> {
        members.forEach(member -> departs(request, member));
        yield bulk(sight, members.stream(), it -> new MixerCommand.Kick(it.call()));
      }
      case "play" -> play(request, sight, Optional.empty());
      case "relate" -> relate(request, sight, members);
      default -> faulty("there is no action " + request.action());
    };
  }

  private ControlReply participant(ControlRequest request, Optional<RoomSight> sight, String id) {
    if (!List.of("mute", "unmute", "deaf", "undeaf", "kick", "play").contains(request.action())) {
      return faulty("there is no action " + request.action());
    }
    Optional<Member> found = find(sight.map(RoomSight::members).orElse(List.of()), id);
    if (found.isEmpty()) {
      return badIdentifier(id);
    }
    Member member = found.get();
    return switch (request.action()) {
      case "mute" -> unless(member.muted(), sight, new MixerCommand.Mute(member.call(), true));
      case "unmute" -> unless(!member.muted(), sight, new MixerCommand.Mute(member.call(), false));
      case "deaf" -> unless(member.deaf(), sight, new MixerCommand.Deaf(member.call(), true));
      case "undeaf" -> unless(!member.deaf(), sight, new MixerCommand.Deaf(member.call(), false));
      case "kick" -> {
        departs(request, member);
        yield ifRunning(sight, new MixerCommand.Kick(member.call()));
      }
      default -> play(request, sight, found);
    };
  }

  private void departs(ControlRequest request, Member member) {
    if (Json.bool(data(request), "ban").orElse(false)) {
      rooms.ban(request.room(), member.callerNumber());
    }
    rooms.departs(request.room(), member.call(), Departure.KICKED);
  }

  private ControlReply relate(
      ControlRequest request, Optional<RoomSight> sight, List<Member> members) {
    ObjectNode data = data(request);
    for (String key : List.of("participant_id", "other_participant")) {
      JsonNode id = data.get(key);
      if (id == null) {
        return invalid("data." + key, "required", "relate requires two participants");
      }
      if (!id.isString() && !id.isIntegralNumber()) {
        return invalid("data." + key, "type", "must be a number or a text");
      }
    }
    String relationship = Json.text(data, "relationship").orElse("clear");
    if (!List.of("clear", "mute", "deaf").contains(relationship)) {
      return invalid("data.relationship", "enum", "must be clear, mute or deaf");
    }
    String one = data.path("participant_id").asString("");
    String other = data.path("other_participant").asString("");
    Optional<Member> first = find(members, one);
    Optional<Member> second = find(members, other);
    if (second.isEmpty() || one.equals(other)) {
      return badIdentifier(other);
    }
    if (first.isEmpty()) {
      return badIdentifier(one);
    }
    ControlReply reply =
        ifRunning(
            sight,
            new MixerCommand.Relate(
                first.get().call(),
                second.get().call(),
                switch (relationship) {
                  case "mute" -> MixerCommand.Relation.MUTE;
                  case "deaf" -> MixerCommand.Relation.DEAF;
                  default -> MixerCommand.Relation.CLEAR;
                }));
    return reply instanceof ControlReply.Ok ? ok("relating participants") : reply;
  }

  private static Optional<Member> find(List<Member> members, String id) {
    return members.stream()
        .filter(it -> it.call().value().equals(id) || String.valueOf(it.number()).equals(id))
        .findFirst();
  }

  private ControlReply bulk(
      Optional<RoomSight> sight,
      java.util.stream.Stream<Member> members,
      java.util.function.Function<Member, MixerCommand> command) {
    ControlReply worst = OK;
    for (Member member : members.toList()) {
      ControlReply reply = ifRunning(sight, command.apply(member));
      // Somebody who has left meanwhile need not be muted any more.
      if (reply instanceof ControlReply.Unknown) {
        worst = reply;
      }
    }
    return worst;
  }

  private ControlReply unless(boolean already, Optional<RoomSight> sight, MixerCommand command) {
    return already ? OK : ifRunning(sight, command);
  }

  private ControlReply ifRunning(Optional<RoomSight> sight, MixerCommand command) {
    if (sight.isEmpty()) {
      return OK;
    }
    return switch (mixer.apply(sight.get().room(), command)) {
      case MixerReply.Done done -> OK;
      case MixerReply.Refused(String why) -> faulty(why);
      case MixerReply.NotThere gone -> badIdentifier(sight.get().room().conference());
      case MixerReply.Unknown(String why) -> new ControlReply.Unknown(why);
    };
  }

  // ---- answers

  /** The documents nest the data of some actions once more; both forms are taken (spec 6.3). */
  private static ObjectNode data(ControlRequest request) {
    return Json.object(request.data(), "data").orElse(request.data());
  }

  private static ControlReply ok(String text) {
    return new ControlReply.Ok(StringNode.valueOf(text));
  }

  private static ControlReply faulty(String why) {
    return new ControlReply.Refused("faulty_request", StringNode.valueOf(why));
  }

  private static ControlReply badIdentifier(String id) {
    ObjectNode data = Json.object();
    data.put("id", id);
    data.put("message", "bad identifier");
    return new ControlReply.Refused("bad_identifier", data);
  }

  private static ControlReply invalid(String path, String rule, String message) {
    ObjectNode data = Json.object();
    data.putObject(path).putObject(rule).put("message", message);
    return new ControlReply.Refused("validation_error", data);
  }
}
