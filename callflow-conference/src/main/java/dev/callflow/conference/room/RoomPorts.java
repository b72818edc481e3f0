package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;

/**
 * The ports and settings that all rooms of a mixer share.
 *
 * @param answerTimeout the maximum time for which a query waits for a room's thread
 * @param maxBans the maximum number of banned numbers in a room
 */
record RoomPorts(
    Mixer mixer,
    RecordingNames recordings,
    TimeSource time,
    Duration answerTimeout,
    int maxBans,
    RoomListener listener) {}
