package dev.callflow.testkit.replay.text;

import java.time.Duration;

/**
 * Something and when it happened.
 *
 * @param <T> what it is
 * @param at when, from the start of the run
 * @param what what it is
 */
public record Timed<T>(Duration at, T what) {}
