package dev.callflow.esl.message;

/**
 * A line of the server's log.
 *
 * @param headers level, file, function and so on
 * @param text the line
 */
public record LogData(EslHeaders headers, String text) implements EslNotification {}
