package dev.callflow.core.limit;

/**
 * The reason why an account may not call a destination.
 *
 * @param rule the setting that forbids it, for instance {@code premium_prefixes}
 * @param message a description for operators; does not contain the destination
 */
public record DestinationRefusal(String rule, String message) {}
