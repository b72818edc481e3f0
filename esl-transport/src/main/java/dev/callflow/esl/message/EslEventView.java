package dev.callflow.esl.message;

import java.util.Optional;

/**
 * A view of an event in its connection's buffer, valid only during one method call on the
 * connection's own thread.
 *
 * <p>Comparing headers allocates no memory. Use {@link #keep} to retain the event for longer.
 */
public final class EslEventView {

  private byte[] bytes = new byte[] {'\n'};
  private EslHeaders headers = new EslHeaders(bytes, 0, 1, true);
  private int length;

  /** Creates a view of an empty event. */
  public EslEventView() {}

  /**
   * Moves the view to another event; allocates memory only if the array differs from the previous
   * one.
   *
   * @param buffer the array with the event's headers and body, from index 0, followed by an empty
   *     line
   * @param size the number of bytes of the event, without that empty line
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
   * Returns whether the event has the given name.
   *
   * @param name the name, for instance {@code CHANNEL_ANSWER}
   * @return true if the event has this name
   */
  public boolean is(String name) {
    return headers.is("Event-Name", name);
  }

  /**
   * Returns whether a header has the given value.
   *
   * @param header the header's name, case-insensitive
   * @param value the value, ASCII only
   * @return true if the first header of that name has this value
   */
  public boolean is(String header, String value) {
    return headers.is(header, value);
  }

  /**
   * Returns the value of a header.
   *
   * @param name the header's name, case-insensitive
   * @return the decoded value of the first header of that name; empty if there is none
   */
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /**
   * Copies the event.
   *
   * @return the event, independent of the connection's buffer
   */
  public EslEvent keep() {
    return EslEvent.of(EslEvent.Format.PLAIN, java.util.Arrays.copyOf(bytes, length));
  }
}
