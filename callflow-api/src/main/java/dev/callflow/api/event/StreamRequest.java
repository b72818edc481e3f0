package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.conference.mixer.RoomId;
import java.util.OptionalLong;

/**
 * A client's request for the event stream of one conference.
 *
 * @param room the conference
 * @param from the version after which to start; empty to start with the next event
 * @param access the client's access
 */
public record StreamRequest(RoomId room, OptionalLong from, Access access) {}
