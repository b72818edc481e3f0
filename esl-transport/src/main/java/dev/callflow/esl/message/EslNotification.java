package dev.callflow.esl.message;

/** A frame that does not answer a command. */
public sealed interface EslNotification extends EslMessage
    permits AuthRequest, EslEvent, LogData, DisconnectNotice, RudeRejection, UnknownMessage {}
