package dev.callflow.esl.message;

/** A frame that answers a command. */
public sealed interface EslAnswer extends EslMessage permits CommandReply, ApiResponse {}
