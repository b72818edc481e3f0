package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Lines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event, whether it was sent as plain text, JSON or XML.
 *
 * <p>Keeps the bytes of the frame and finds headers on demand; JSON and XML are translated on the
 * first access. Immutable and safe for use by any thread.
 */
public final class EslEvent implements EslNotification {

  /** The format in which FreeSWITCH sends events. */
  public enum Format {
    /** {@code text/event-plain}. */
    PLAIN,
    /** {@code text/event-json}. */
    JSON,
    /** {@code text/event-xml}. */
    XML
  }

  private static final byte[] NO_BODY = {};
  private static final String ARRAY = "ARRAY::";
  private static final String VARIABLE = "variable_";

  private final Format format;
  private final byte[] bytes;
  private final @Nullable HeaderBlock headers;
  private volatile PlainText.@Nullable Event translated;

  private EslEvent(Format format, byte[] bytes, @Nullable HeaderBlock headers) {
    this.format = format;
    this.bytes = bytes;
    this.headers = headers;
  }

  /**
   * Creates an event from the body of its frame.
   *
   * @param format the format of the body
   * @param body the bytes, which must not change afterwards
   * @return the event
   */
  public static EslEvent of(Format format, byte[] body) {
    return format == Format.PLAIN
        ? new EslEvent(format, body, EslHeaders.immutable(body, body.length))
        : new EslEvent(format, body, null);
  }

  /** Creates an event without a body, to be kept for long. */
  static EslEvent ofHeaders(EslHeaders headers) {
    return new EslEvent(Format.PLAIN, NO_BODY, headers.compact());
  }

  /**
   * Returns the event's name.
   *
   * @return the name, for instance {@code CHANNEL_ANSWER}; an empty string if there is none
   */
  public String name() {
    return header("Event-Name").orElse("");
  }

  /**
   * Returns whether the event has the given name; cheaper than {@link #name}.
   *
   * @param name the name, for instance {@code CHANNEL_ANSWER}
   * @return true if the event has this name
   */
  public boolean is(String name) {
    return headers().is("Event-Name", name);
  }

  /**
   * Returns the subclass of a CUSTOM event.
   *
   * @return the subclass, for instance {@code conference::maintenance}; an empty string for other
   *     events
   */
  public String subclass() {
    return header("Event-Subclass").orElse("");
  }

  /**
   * Returns the uuid of the event's channel.
   *
   * @return the Unique-ID; empty if the event has no channel
   */
  public Optional<String> uuid() {
    return header("Unique-ID");
  }

  /**
   * Returns the value of a header.
   *
   * @param name the header's name, case-insensitive
   * @return the decoded value of the first header of that name; empty if there is none
   */
  public Optional<String> header(String name) {
    return headers().first(name);
  }

  /**
   * Returns all values of a header.
   *
   * @param name the header's name, case-insensitive
   * @return the decoded values, in order; each element of an array is a separate value
   */
  public List<String> headers(String name) {
    List<String> values = headers().all(name);
    List<String> elements = new ArrayList<>();
    for (String value : values) {
      if (value.startsWith(ARRAY)) {
        elements.addAll(List.of(value.substring(ARRAY.length()).split("\\|:", -1)));
      } else {
        elements.add(value);
      }
    }
    return elements;
  }

  /**
   * Returns the value of a channel variable.
   *
   * @param name the variable's name, without the prefix {@code variable_}
   * @return the value; empty if the event does not contain the variable
   */
  public Optional<String> variable(String name) {
    return header(VARIABLE + name);
  }

  /**
   * Returns all channel variables.
   *
   * @return the values by name, without the prefix {@code variable_}
   */
  public Map<String, String> variables() {
    return headers().asMap(VARIABLE);
  }

  /**
   * Returns all headers.
   *
   * @return the first value of each name, in order
   */
  public Map<String, String> asMap() {
    return headers().asMap("");
  }

  /**
   * Returns the event's body.
   *
   * @return the unmodified text; an empty string if there is none
   */
  public String body() {
    if (headers == null) {
      return new String(translated().body(), StandardCharsets.UTF_8);
    }
    // The body begins after the first empty line, not after the first Content-Length
    // (docs/spec/event-socket.md#plain-events).
    int start = Math.min(bytes.length, Lines.headersEnd(bytes, 0, bytes.length) + 1);
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }

  private HeaderBlock headers() {
    return headers != null ? headers : translated().headers();
  }

  private PlainText.Event translated() {
    PlainText.Event event = translated;
    if (event == null) {
      event = format == Format.JSON ? JsonEvent.read(bytes) : XmlEvent.read(bytes);
      translated = event;
    }
    return event;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EslEvent it
        && format == it.format
        && Arrays.equals(bytes, it.bytes)
        && java.util.Objects.equals(headers, it.headers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + (headers == null ? 0 : headers.hashCode());
  }

  @Override
  public String toString() {
    return name() + (subclass().isEmpty() ? "" : " " + subclass()) + " " + uuid().orElse("");
  }
}
