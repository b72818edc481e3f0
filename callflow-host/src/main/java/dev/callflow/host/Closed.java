package dev.callflow.host;

/**
 * The calls that were in progress when {@link Callflow} closed, after it had waited for them.
 *
 * @param how what happened to them; {@link Closing#HANG_UP} also if they could not be handed over
 * @param participants how many were in a room
 * @param callers how many were not in a room
 */
public record Closed(Closing how, int participants, int callers) {}
