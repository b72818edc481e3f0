package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;

/**
 * What all rooms of a mixer share.
 *
 * @param answerTimeout how long a room's thread may take to answer
 */
record RoomPorts(
    Mixer mixer,
    RecordingNames recordings,
    TimeSource time,
    Duration answerTimeout,
    RoomListener listener) {}
