package dev.callflow.conference.room;

import dev.callflow.conference.kept.RoomTurns;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.core.time.TimeSource;

/**
 * The ports and settings that all rooms of a mixer share.
 *
 * @param turns the turns in which the settings of a room are changed
 * @param options the limits of rooms
 */
record RoomPorts(
    Mixer mixer,
    RecordingNames recordings,
    TimeSource time,
    RoomTurns turns,
    RoomOptions options,
    RoomListener listener) {}
