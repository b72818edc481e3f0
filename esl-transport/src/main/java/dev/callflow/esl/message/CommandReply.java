package dev.callflow.esl.message;

import java.util.Optional;

/**
 * The answer to a command other than {@code api}, and to an {@code api} that is not allowed.
 *
 * @param headers its headers
 */
public record CommandReply(EslHeaders headers) implements EslAnswer {

  /**
   * Returns what was answered.
   *
   * @return for instance {@code +OK accepted} or {@code -ERR invalid}; for {@code getvar} the value
   */
  public String text() {
    return headers.first("Reply-Text").orElse("").stripTrailing();
  }

  /**
   * Tells whether the command was taken.
   *
   * @return true if the text begins with {@code +OK}
   */
  public boolean ok() {
    return text().startsWith("+OK");
  }

  /**
   * Returns the channel's data, which the answer to {@code connect} consists of.
   *
   * @return the data as an event; empty for every other answer
   */
  public Optional<EslEvent> channelData() {
    return headers
        .first("Event-Name")
        .filter("CHANNEL_DATA"::equals)
        .map(name -> EslEvent.ofHeaders(headers));
  }
}
