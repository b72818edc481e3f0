package dev.callflow.conference;

import dev.callflow.conference.room.RoomId;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened in a conference, as it is published (spec 7.1).
 *
 * @param room the conference
 * @param event its name, for instance {@code add-member}
 * @param payload the keys of the seed documents, flat: {@code event}, {@code conference_id}, {@code
 *     instance_id}, {@code account_id}, {@code call_id}, {@code participant_id}, {@code
 *     caller_id_name}, {@code is_moderator}, {@code speak}, {@code hear} and so on; treated as
 *     immutable
 */
public record ConferenceEvent(RoomId room, String event, ObjectNode payload) {}
