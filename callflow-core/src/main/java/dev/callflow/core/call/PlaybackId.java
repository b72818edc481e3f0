package dev.callflow.core.call;

/**
 * Names one playback on a leg.
 *
 * @param value chosen by the leg, unique on it
 */
public record PlaybackId(String value) {}
