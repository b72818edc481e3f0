package dev.callflow.core.call;

/**
 * Identifies one playback on a leg.
 *
 * @param value the id, which the leg chooses; unique on that leg
 */
public record PlaybackId(String value) {}
