package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.conference.mixer.RoomId;
import java.util.OptionalLong;

/**
 * Events that a client may be sent.
 *
 * @param room of which conference
 * @param from the version after which he wants them; empty for from now on
 * @param access who he is
 */
public record Following(RoomId room, OptionalLong from, Access access) {}
