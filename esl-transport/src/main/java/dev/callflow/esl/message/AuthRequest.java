package dev.callflow.esl.message;

/** The greeting of an inbound connection: it wants a password. */
public record AuthRequest() implements EslNotification {}
