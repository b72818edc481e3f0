package dev.callflow.conference;

import dev.callflow.conference.room.Note;

/**
 * Somebody is being dialled, or that has come to its end.
 *
 * @param leg the leg, as answers show it; while it rings its message is empty
 * @param status {@code ringing}, {@code success} or {@code error}
 */
record DialProgress(DialledEndpoint leg, String status) implements Note {}
