package dev.callflow.esl.message;

/** FreeSWITCH's access list refuses our address; a disconnect notice and the close follow. */
public record RudeRejection() implements EslNotification {}
