package dev.callflow.core.call;

/**
 * Identifies one recording on a leg.
 *
 * @param value the id, which the leg chooses; unique on that leg
 */
public record RecordingId(String value) {}
