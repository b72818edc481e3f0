package dev.callflow.esl.message;

/** A frame that FreeSWITCH has sent (protocol section 2.1). */
public sealed interface EslMessage permits EslAnswer, EslNotification {}
