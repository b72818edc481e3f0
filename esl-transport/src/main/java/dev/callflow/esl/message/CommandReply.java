package dev.callflow.esl.message;

import java.util.Optional;

/**
 * The answer to a command other than {@code api}, or to an {@code api} command that is not allowed.
 *
 * @param headers the headers of the reply
 */
public record CommandReply(EslHeaders headers) implements EslAnswer {

  /**
   * Returns the text of the reply.
   *
   * @return the text, for instance {@code +OK accepted} or {@code -ERR invalid}; for {@code
   *     getvar}, the value of the variable
   */
  public String text() {
    return headers.first("Reply-Text").orElse("").stripTrailing();
  }

  /**
   * Returns whether FreeSWITCH accepted the command.
   *
   * @return true if the text begins with {@code +OK}
   */
  public boolean ok() {
    return text().startsWith("+OK");
  }

  /**
   * Returns the channel data that the answer to {@code connect} contains.
   *
   * @return the data as an event; empty for all other replies
   */
  public Optional<EslEvent> channelData() {
    return headers
        .first("Event-Name")
        .filter("CHANNEL_DATA"::equals)
        .map(name -> EslEvent.ofHeaders(headers));
  }
}
