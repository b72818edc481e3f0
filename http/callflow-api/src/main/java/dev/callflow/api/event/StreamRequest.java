package dev.callflow.api.event;

import dev.callflow.api.access.Login;
import dev.callflow.conference.mixer.RoomId;
import java.util.OptionalLong;

/**
 * A client's request for the event stream of one conference.
 *
 * @param room the conference
 * @param from the version after which to start; empty to start with the next event
 * @param login the client's access and token
 */
public record StreamRequest(RoomId room, OptionalLong from, Login login) {}
