package dev.callflow.esl.message;

/**
 * Announces that FreeSWITCH's access list refuses our address. FreeSWITCH then sends a disconnect
 * notice and closes the connection.
 */
public record RudeRejection() implements EslNotification {}
