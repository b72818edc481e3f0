package dev.callflow.esl.message;

/**
 * A frame of an unknown type, which is never treated as the answer to a command.
 *
 * @param type the Content-Type; empty if there is none
 * @param headers the headers of the frame
 * @param body the body of the frame
 */
public record UnknownMessage(String type, EslHeaders headers, String body)
    implements EslNotification {}
