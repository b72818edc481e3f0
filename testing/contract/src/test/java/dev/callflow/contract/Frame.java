package dev.callflow.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A frame from FreeSWITCH. It is parsed when it is created, because it is compared with many
 * others.
 */
final class Frame {

  /** The end of the connection. */
  static final Frame CLOSED = new Frame("Content-Type: closed", "");

  /** In an expected event, a header value that matches every value. */
  static final String ANY = "(any)";

  /** A header of an event, or a line of any other frame. */
  record Line(String name, String value) {}

  private static final Pattern XML = Pattern.compile("    <([^>/]+)>(.*)</\\1>");

  private final String head;
  private final String body;
  private final String type;
  private final List<Line> lines;
  private final String kind;
  private final String key;

  /**
   * @param head the header lines
   * @param body the body; empty if there is none
   */
  Frame(String head, String body) {
    this.head = head;
    this.body = body;
    this.type = contentType();
    this.lines = List.copyOf(parsed());
    this.kind = kindOf();
    this.key = keyOf();
  }

  String head() {
    return head;
  }

  String body() {
    return body;
  }

  String type() {
    return type;
  }

  /**
   * Returns the decoded headers of an event, or the lines of the head and body of any other frame.
   */
  List<Line> lines() {
    return lines;
  }

  /** Returns the kind of the frame, such as {@code plain CHANNEL_ANSWER}. */
  String kind() {
    return kind;
  }

  /**
   * Returns the key that two frames must share to be paired. It consists of the kind, caller,
   * direction and room; for a parked call, also of the destination, since a transfer may park the
   * call again elsewhere; and for the end of a sound, also of the file.
   */
  String key() {
    return key;
  }

  boolean isEvent() {
    return type.startsWith("text/event-");
  }

  private String contentType() {
    return head.lines()
        .filter(line -> line.startsWith("Content-Type: "))
        .map(line -> line.substring("Content-Type: ".length()))
        .findFirst()
        .orElse("");
  }

  private String kindOf() {
    if (!isEvent()) {
      return type.equals("text/disconnect-notice")
          ? "notice "
              + head.replaceAll("(?s).*Content-Disposition: (\\S+).*", "$1")
                  .lines()
                  .findFirst()
                  .orElse("")
          : type + (head.startsWith("Event-Name") ? " with data" : "");
    }
    String what = (value(lines, "Action") + " " + value(lines, "Application")).strip();
    return (type.substring("text/event-".length()) + " " + value(lines, "Event-Name") + " " + what)
        .strip();
  }

  private String keyOf() {
    return isEvent()
        ? String.join(
            " ",
            kind,
            value("Caller-Orig-Caller-ID-Number"),
            value("Call-Direction"),
            value("Conference-Name"),
            kind.endsWith(" CHANNEL_PARK") ? value("Caller-Destination-Number") : "",
            kind.endsWith(" play-file-done") ? value("File") : "")
        : kind;
  }

  /** Returns a copy of this event in which the given header matches every value. */
  Frame withAny(String header) {
    return new Frame(
        head,
        Pattern.compile("(?m)^" + header + ": .*$").matcher(body).replaceAll(header + ": " + ANY));
  }

  private List<Line> parsed() {
    List<Line> all = new ArrayList<>();
    switch (type) {
      case "text/event-plain" -> {
        int end = body.indexOf("\n\n");
        body.substring(0, end < 0 ? body.length() : end)
            .lines()
            .forEach(line -> header(all, line, true));
        if (end >= 0) {
          body.substring(end + 2).lines().forEach(line -> all.add(new Line("", line)));
        }
      }
      case "text/event-json" -> json(all, body);
      case "text/event-xml" ->
          body.lines()
              .forEach(line -> {
                Matcher matcher = XML.matcher(line);
                all.add(
                    matcher.matches()
                        ? new Line(matcher.group(1), decoded(matcher.group(2)))
                        : new Line("", line));
              });
      case "api/response" -> {
        boolean data = body.startsWith("Event-Name: ");
        body.lines()
            .forEach(line -> {
              if (data) {
                header(all, line, true);
              } else {
                all.add(new Line("", line));
              }
            });
        if (!body.endsWith("\n")) {
          all.add(new Line("", "(no line feed at the end)"));
        }
      }
      case "command/reply" -> {
        boolean data = head.startsWith("Event-Name: ");
        head.lines().forEach(line -> header(all, line, data));
      }
      default -> {
        head.lines()
            .filter(line -> !line.startsWith("Content-Length"))
            .forEach(line -> header(all, line, false));
        body.lines().forEach(line -> all.add(new Line("", line)));
        if (!body.isEmpty() && !body.endsWith("\n")) {
          all.add(new Line("", "(no line feed at the end)"));
        }
      }
    }
    return all;
  }

  /** Parses JSON token by token, because a header may occur more than once. */
  private static void json(List<Line> lines, String body) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), body)) {
      String name = "";
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.PROPERTY_NAME) {
          name = parser.currentName();
        } else if (parser.currentToken().isScalarValue()) {
          lines.add(new Line(name, parser.getString()));
        }
      }
    }
  }

  private static void header(List<Line> lines, String line, boolean encoded) {
    int colon = line.indexOf(": ");
    lines.add(
        colon < 0
            ? new Line("", line)
            : new Line(
                line.substring(0, colon),
                encoded ? decoded(line.substring(colon + 2)) : line.substring(colon + 2)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String value(List<Line> lines, String name) {
    return lines.stream()
        .filter(line -> line.name().equals(name))
        .map(Line::value)
        .findFirst()
        .orElse("");
  }

  String value(String name) {
    return value(lines, name);
  }
}
