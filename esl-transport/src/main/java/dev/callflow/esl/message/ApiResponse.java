package dev.callflow.esl.message;

/**
 * The answer to {@code api}.
 *
 * @param body the command's unmodified output, with or without {@code +OK} and a line end
 */
public record ApiResponse(String body) implements EslAnswer {}
