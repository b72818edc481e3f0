package dev.callflow.esl.message;

/** A frame that FreeSWITCH sends without a command. */
public sealed interface EslNotification extends EslMessage
    permits AuthRequest, EslEvent, LogData, DisconnectNotice, RudeRejection, UnknownMessage {}
