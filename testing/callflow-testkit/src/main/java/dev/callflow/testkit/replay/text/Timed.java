package dev.callflow.testkit.replay.text;

import java.time.Duration;

/**
 * A value with a time.
 *
 * @param <T> the type of the value
 * @param at the time since the start of the run
 * @param value the value
 */
public record Timed<T>(Duration at, T value) {}
