package dev.callflow.esl.message;

import java.util.Optional;

/**
 * An event that still lies in its connection's buffer: lent for the length of one call, on the
 * connection's own thread.
 *
 * <p>Looking at it makes no garbage. What shall last longer is copied by {@link #keep}.
 */
public final class EslEventView {

  private byte[] bytes = new byte[] {'\n'};
  private EslHeaders headers = new EslHeaders(bytes, 0, 1, true);
  private int length;

  /** Makes a view of nothing. */
  public EslEventView() {}

  /**
   * Looks at other bytes; makes garbage only if the array is another one than before.
   *
   * @param buffer where the event's headers and body begin, at 0, with an empty line behind them
   * @param size how many bytes they are, without that empty line
   * @return this view
   */
  public EslEventView at(byte[] buffer, int size) {
    if (buffer != bytes) {
      bytes = buffer;
      headers = new EslHeaders(buffer, 0, buffer.length, true);
    }
    length = size;
    return this;
  }

  /**
   * Tells whether the event has a name.
   *
   * @param name for instance {@code CHANNEL_ANSWER}
   * @return true if it has
   */
  public boolean is(String name) {
    return headers.is("Event-Name", name);
  }

  /**
   * Tells whether a header has a value.
   *
   * @param header its name, in any case
   * @param value its value, ASCII only
   * @return true if the first header of that name has it
   */
  public boolean is(String header, String value) {
    return headers.is(header, value);
  }

  /**
   * Returns a header.
   *
   * @param name its name, in any case
   * @return the decoded value of the first header of that name
   */
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /**
   * Copies the event.
   *
   * @return an event of one's own
   */
  public EslEvent keep() {
    return EslEvent.of(EslEvent.Format.PLAIN, java.util.Arrays.copyOf(bytes, length));
  }
}
