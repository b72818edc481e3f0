package dev.callflow.esl.message;

/** FreeSWITCH's greeting on an inbound connection, which requests a password. */
public record AuthRequest() implements EslNotification {}
