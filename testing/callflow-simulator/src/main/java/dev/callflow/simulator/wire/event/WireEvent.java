package dev.callflow.simulator.wire.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.StringNode;

/**
 * An event in FreeSWITCH's wire format: ordered headers and a body
 * (docs/spec/event-socket.md#events).
 */
public final class WireEvent {

  private record Header(String name, String value) {}

  /**
   * The characters, besides letters and digits, that are not percent-encoded in {@code
   * text/event-plain}.
   */
  private static final String PLAIN = "!$'()*,-./_~";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final List<Header> headers = new ArrayList<>();
  private final Map<String, byte[]> written = new HashMap<>(2);
  private String body = "";

  public WireEvent add(String name, String value) {
    headers.add(new Header(name, value));
    return this;
  }

  public WireEvent add(String name, long value) {
    return add(name, String.valueOf(value));
  }

  public WireEvent add(String name, boolean value) {
    return add(name, String.valueOf(value));
  }

  public WireEvent body(String text) {
    body = text;
    return this;
  }

  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name.equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  public String name() {
    return header("Event-Name").orElse("");
  }

  /** Returns the percent-encoded headers, one per line. */
  public String lines() {
    StringBuilder text = new StringBuilder();
    for (Header header : headers) {
      text.append(header.name)
          .append(": ")
          .append(header.value.isEmpty() ? "_undef_" : encode(header.value))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * Returns the event in the given format. The result is cached for all connections, so the event
   * must not change afterwards.
   */
  public synchronized byte[] written(String format) {
    return written.computeIfAbsent(
        format,
        which ->
            switch (which) {
              case "json" -> json();
              case "xml" -> xml();
              default -> plain();
            });
  }

  private byte[] plain() {
    StringBuilder text = new StringBuilder(lines());
    if (body.isEmpty()) {
      return utf8(text.append('\n').toString());
    }
    text.append("Content-Length: ").append(utf8(body).length).append("\n\n").append(body);
    return utf8(text.toString());
  }

  /** Writes JSON; as in FreeSWITCH, a repeated header becomes a repeated key. */
  private byte[] json() {
    List<String> pairs = new ArrayList<>();
    headers.forEach(header -> pairs.add(pair(header.name, header.value)));
    if (!body.isEmpty()) {
      pairs.add(pair("Content-Length", String.valueOf(utf8(body).length)));
      pairs.add(pair("_body", body));
    }
    return utf8("{" + String.join(",", pairs) + "}");
  }

  private static String pair(String name, String value) {
    return StringNode.valueOf(name) + ":" + StringNode.valueOf(value);
  }

  private byte[] xml() {
    StringBuilder text = new StringBuilder("<event>\n  <headers>\n");
    for (Header header : headers) {
      text.append("    <")
          .append(header.name)
          .append('>')
          .append(escape(encode(header.value)))
          .append("</")
          .append(header.name)
          .append(">\n");
    }
    text.append("  </headers>\n");
    if (!body.isEmpty()) {
      text.append("  <Content-Length>")
          .append(utf8(body).length)
          .append("</Content-Length>\n  <body>")
          .append(numbered(escape(body)))
          // FreeSWITCH indents the end tag, so the indentation becomes part of the body.
          .append(body.endsWith("\n") ? "  </body>\n" : "</body>\n");
    }
    return utf8(text.append("</event>").toString());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Replaces non-ASCII characters with numeric character references. */
  public static String numbered(String text) {
    StringBuilder written = new StringBuilder();
    text.codePoints()
        .forEach(c -> written.append(c < 0x80 ? String.valueOf((char) c) : "&#x%X;".formatted(c)));
    return written.toString();
  }

  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte next : utf8(text)) {
      char c = (char) (next & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(next));
      }
    }
    return encoded.toString();
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
