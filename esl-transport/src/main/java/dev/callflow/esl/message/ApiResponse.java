package dev.callflow.esl.message;

/**
 * The answer to {@code api}.
 *
 * @param body the command's unmodified output, which may begin with {@code +OK} and may end with a
 *     line break
 */
public record ApiResponse(String body) implements EslAnswer {}
