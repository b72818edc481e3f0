package dev.callflow.conference.admission;

import dev.callflow.conference.stay.Stay;

/**
 * The way of everybody with a seat: callers, dialled legs and participants who are moved.
 *
 * @param join brings them into the room
 * @param stay stays with them
 * @param moves follows them to other rooms
 */
public record Entrance(Join join, Stay stay, Moves moves) {}
