package dev.callflow.conference.admission;

import dev.callflow.conference.stay.Stay;

/**
 * The steps that follow once a seat has been taken. They are the same for callers, dialled
 * participants and moved participants.
 *
 * @param join the step that adds the participant to the room
 * @param stay the step that handles the participant's time in the room
 * @param moves the step that follows the participant to other rooms
 */
public record Entrance(Join join, Stay stay, Moves moves) {}
