package dev.callflow.testkit.replay.run;

import dev.callflow.conference.RoomView;
import dev.callflow.conference.mixer.Member;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes a room in the terms of a case's snapshots. An unknown room is described as empty and
 * not running.
 */
final class RoomPicture {

  private RoomPicture() {}

  static ObjectNode of(Optional<RoomView> view, Facts facts) {
    ObjectNode picture =
        JsonNodeFactory.instance
            .objectNode()
            .put("members", view.map(RoomView::members).orElse(0))
            .put("moderators", view.map(RoomView::moderators).orElse(0))
            .put("waiting", view.map(it -> it.waiting().size()).orElse(0))
            .put("is_locked", view.map(RoomView::locked).orElse(false))
            .put("running", view.map(RoomView::running).orElse(false));
    ArrayNode participants = picture.putArray("participants");
    view.ifPresent(room ->
        room.participants().forEach(member -> add(participants.addObject(), member, facts)));
    return picture;
  }

  private static void add(ObjectNode participant, Member member, Facts facts) {
    participant
        .put("call", facts.name(member.call()))
        .put("muted", member.muted())
        .put("deaf", member.deaf())
        .put("moderator", member.moderator())
        .put("ghost", member.ghost())
        .put("video_muted", member.videoMuted());
  }
}
