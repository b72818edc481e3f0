package dev.callflow.esl.message;

/** A frame from FreeSWITCH (docs/spec/event-socket.md#messages). */
public sealed interface EslMessage permits EslAnswer, EslNotification {}
