package dev.callflow.esl.message;

/** A frame that FreeSWITCH sends of its own accord. */
public sealed interface EslNotification extends EslMessage
    permits AuthRequest, EslEvent, LogData, DisconnectNotice, RudeRejection, UnknownMessage {}
