package dev.callflow.esl.message;

/**
 * The answer to {@code api}.
 *
 * @param body the command's output, as it is: with or without a line end, {@code +OK} or bare data
 */
public record ApiResponse(String body) implements EslAnswer {}
