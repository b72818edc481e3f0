package dev.callflow.esl.message;

/** A frame that FreeSWITCH has sent (docs/spec/event-socket.md#messages). */
public sealed interface EslMessage permits EslAnswer, EslNotification {}
