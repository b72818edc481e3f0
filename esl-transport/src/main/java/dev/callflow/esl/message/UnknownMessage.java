package dev.callflow.esl.message;

/**
 * A frame of a type that we do not know; never the answer to a command.
 *
 * @param type its Content-Type, or an empty text
 * @param headers its headers
 * @param body its body
 */
public record UnknownMessage(String type, EslHeaders headers, String body)
    implements EslNotification {}
