package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Lines;
import dev.callflow.esl.bytes.Percent;
import java.util.Arrays;
import java.util.Optional;

/**
 * A view of an event in its connection's buffer, valid only during one method call on the
 * connection's own thread.
 *
 * <p>Comparing headers allocates no memory. Use {@link #keep} to retain the event for longer.
 */
public final class EslEventView {

  private byte[] bytes = {};
  private int from;
  private int to;

  /** Creates a view of an empty event. */
  public EslEventView() {}

  /**
   * Moves the view to another event; allocates no memory.
   *
   * @param buffer the array that contains the event's headers and body
   * @param start the index of the first byte of the event
   * @param end the index after the last byte of the event
   * @return this view
   */
  public EslEventView at(byte[] buffer, int start, int end) {
    bytes = buffer;
    from = start;
    to = end;
    return this;
  }

  /**
   * Returns whether the event has the given name.
   *
   * @param name the name, for instance {@code CHANNEL_ANSWER}
   * @return true if the event has this name
   */
  public boolean is(String name) {
    return is("Event-Name", name);
  }

  /**
   * Returns whether a header has the given value.
   *
   * @param header the header's name, case-insensitive
   * @param value the value, ASCII only
   * @return true if the first header of that name has this value
   */
  public boolean is(String header, String value) {
    HeaderName name = HeaderName.of(header);
    int line = name.find(bytes, from, to);
    if (line < 0) {
      return false;
    }
    int end = Lines.end(bytes, line, to);
    int start = Lines.valueStart(bytes, line + name.length() + 1, end);
    return Percent.matches(bytes, start, end, value);
  }

  /**
   * Returns the value of a header.
   *
   * @param name the header's name, case-insensitive
   * @return the decoded value of the first header of that name; empty if there is none
   */
  public Optional<String> header(String name) {
    HeaderName wanted = HeaderName.of(name);
    int line = wanted.find(bytes, from, to);
    if (line < 0) {
      return Optional.empty();
    }
    int end = Lines.end(bytes, line, to);
    int start = Lines.valueStart(bytes, line + wanted.length() + 1, end);
    return Optional.of(Percent.decode(bytes, start, end));
  }

  /**
   * Copies the event.
   *
   * @return the event, independent of the connection's buffer
   */
  public EslEvent keep() {
    return EslEvent.of(EslEvent.Format.PLAIN, Arrays.copyOfRange(bytes, from, to));
  }
}
