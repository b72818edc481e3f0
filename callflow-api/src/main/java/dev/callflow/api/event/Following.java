package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.conference.mixer.RoomId;
import java.util.OptionalLong;

/**
 * Events that a client may be sent.
 *
 * @param room of which conference
 * @param from the version after which they are wanted; empty for from now on
 * @param access who the client is
 */
public record Following(RoomId room, OptionalLong from, Access access) {}
