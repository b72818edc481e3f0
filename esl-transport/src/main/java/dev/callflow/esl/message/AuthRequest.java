package dev.callflow.esl.message;

/** The greeting of an inbound connection, which requests a password. */
public record AuthRequest() implements EslNotification {}
