package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.core.time.TimeSource;

/**
 * The ports and settings that all rooms of a mixer share.
 *
 * @param options the limits of rooms
 */
record RoomPorts(
    Mixer mixer,
    RecordingNames recordings,
    TimeSource time,
    RoomOptions options,
    RoomListener listener) {}
