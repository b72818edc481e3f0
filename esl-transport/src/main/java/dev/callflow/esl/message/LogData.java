package dev.callflow.esl.message;

/**
 * A line of FreeSWITCH's log.
 *
 * @param headers the level, source file, function and other details
 * @param text the text of the line
 */
public record LogData(EslHeaders headers, String text) implements EslNotification {}
