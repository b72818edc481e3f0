package dev.callflow.esl.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event, the same whether it came as text, JSON or XML.
 *
 * <p>Keeps the frame's bytes and finds headers when asked. Immutable; JSON and XML are parsed at
 * the first question, so that each thread must be given the event safely as every other object.
 */
public final class EslEvent implements EslNotification {

  /** How an event was written. */
  public enum Format {
    /** {@code text/event-plain}. */
    PLAIN,
    /** {@code text/event-json}. */
    JSON,
    /** {@code text/event-xml}. */
    XML
  }

  private static final String ARRAY = "ARRAY::";
  private static final String VARIABLE = "variable_";

  private final Format format;
  private final byte[] bytes;
  private final @Nullable EslHeaders headers;
  private volatile @Nullable ParsedEvent parsed;

  private EslEvent(Format format, byte[] bytes, @Nullable EslHeaders headers) {
    this.format = format;
    this.bytes = bytes;
    this.headers = headers;
  }

  /**
   * Takes the body of an event's frame.
   *
   * @param format how it is written
   * @param body the bytes, which must not be changed afterwards
   * @return the event
   */
  public static EslEvent of(Format format, byte[] body) {
    return format == Format.PLAIN
        ? new EslEvent(format, body, EslHeaders.lasting(body))
        : new EslEvent(format, body, null);
  }

  static EslEvent ofHeaders(EslHeaders headers) {
    return new EslEvent(Format.PLAIN, new byte[0], headers);
  }

  /**
   * Returns the event's name.
   *
   * @return for instance {@code CHANNEL_ANSWER}
   */
  public String name() {
    return header("Event-Name").orElse("");
  }

  /**
   * Tells whether the event has a name; cheaper than asking for the name.
   *
   * @param name for instance {@code CHANNEL_ANSWER}
   * @return true if it has
   */
  public boolean is(String name) {
    return headers != null ? headers.is("Event-Name", name) : name().equals(name);
  }

  /**
   * Returns the subclass of a CUSTOM event.
   *
   * @return for instance {@code conference::maintenance}; empty for other events
   */
  public String subclass() {
    return header("Event-Subclass").orElse("");
  }

  /**
   * Returns the channel that the event is about.
   *
   * @return its Unique-ID
   */
  public Optional<String> uuid() {
    return header("Unique-ID");
  }

  /**
   * Returns a header.
   *
   * @param name its name, in any case
   * @return the decoded value of the first header of that name
   */
  public Optional<String> header(String name) {
    return headers != null ? headers.first(name) : parse().first(name);
  }

  /**
   * Returns all headers of a name.
   *
   * @param name the name, in any case
   * @return their decoded values, in order; the elements of an array one by one
   */
  public List<String> headers(String name) {
    List<String> values = headers != null ? headers.all(name) : parse().all(name);
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
   * Returns a channel variable.
   *
   * @param name its name, without the prefix {@code variable_}
   * @return its value
   */
  public Optional<String> variable(String name) {
    return header(VARIABLE + name);
  }

  /**
   * Returns all channel variables.
   *
   * @return values by names, without the prefix
   */
  public Map<String, String> variables() {
    return headers != null ? headers.asMap(VARIABLE) : parse().asMap(VARIABLE);
  }

  /**
   * Returns all headers.
   *
   * @return the first value of each name, in order
   */
  public Map<String, String> asMap() {
    return headers != null ? headers.asMap() : parse().asMap("");
  }

  /**
   * Returns the event's body.
   *
   * @return the text, never split or stripped; empty if there is none
   */
  public String body() {
    if (headers == null) {
      return parse().body();
    }
    // Behind the first empty line, not behind the first Content-Length
    // (docs/spec/event-socket.md#plain-events).
    int start = Math.min(bytes.length, Lines.headersEnd(bytes, 0, bytes.length) + 1);
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }

  private ParsedEvent parse() {
    ParsedEvent event = parsed;
    if (event == null) {
      event =
          switch (format) {
            case JSON -> JsonEvent.read(bytes);
            case XML -> XmlEvent.read(bytes);
            case PLAIN -> new ParsedEvent(List.of(), "");
          };
      parsed = event;
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
