package dev.callflow.conference.event;

import dev.callflow.conference.mixer.RoomId;
import java.time.Instant;

/**
 * What all events have.
 *
 * @param room the conference under whose name subscribers receive the event
 * @param instance the mixer's id of this run of the room; empty if the mixer does not have the room
 * @param version the conference's version after the event; higher than that of all earlier events,
 *     including those of earlier instances of the conference
 * @param sequence the number of the event among the published events of the conference: one more
 *     than that of the previous event, or 1 if no earlier events of the conference are remembered;
 *     0 if the configuration excludes the event from those that are published
 * @param time when the event was published
 */
public record EventHeader(
    RoomId room, String instance, long version, long sequence, Instant time) {}
