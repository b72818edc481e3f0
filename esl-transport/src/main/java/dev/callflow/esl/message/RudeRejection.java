package dev.callflow.esl.message;

/** The access list refuses our address; a notice and the close follow. */
public record RudeRejection() implements EslNotification {}
