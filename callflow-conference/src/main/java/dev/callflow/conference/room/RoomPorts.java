package dev.callflow.conference.room;

import dev.callflow.conference.kept.RoomTurns;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.sequence.InOrder;
import dev.callflow.core.time.TimeSource;

/**
 * The ports and settings that all rooms of a mixer share.
 *
 * @param commands runs the rooms' commands, which block until the mixer replies
 * @param turns the turns in which the settings of a room are changed
 * @param options the limits of rooms
 */
record RoomPorts(
    Mixer mixer,
    InOrder<RoomId> commands,
    RecordingNames recordings,
    TimeSource time,
    RoomTurns turns,
    RoomOptions options,
    RoomListener listener) {}
