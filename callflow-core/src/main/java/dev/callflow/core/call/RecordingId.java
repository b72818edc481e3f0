package dev.callflow.core.call;

/**
 * Names one recording on a leg.
 *
 * @param value chosen by the leg, unique on it
 */
public record RecordingId(String value) {}
