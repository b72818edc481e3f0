package dev.callflow.esl.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Translates {@code text/event-json} to plain text, in one pass over the bytes. The JSON may repeat
 * keys and contain invalid UTF-8 (docs/spec/event-socket.md#json-events).
 *
 * <p>The methods that read return false if the JSON is malformed.
 */
final class JsonEvent {

  private static final byte[] BODY = "_body".getBytes(StandardCharsets.US_ASCII);
  private static final int NOTHING = -1;

  /** The characters of a string that need no attention. */
  private static final boolean[] ORDINARY = new boolean[256];

  static {
    Arrays.fill(ORDINARY, true);
    for (char special : "\"\\\n%".toCharArray()) {
      ORDINARY[special] = false;
    }
  }

  private final byte[] json;
  private final PlainText plain;
  private int at;

  /** The length of the plain text up to the last complete line. */
  private int complete;

  private JsonEvent(byte[] json) {
    this.json = json;
    this.plain = new PlainText(json.length + 16);
  }

  static PlainText.Event read(byte[] json) {
    JsonEvent event = new JsonEvent(json);
    if (!event.readObject()) {
      // A partial event that is marked as malformed is better than a lost one.
      event.plain.truncate(event.complete);
      event.plain.header("Callflow-Malformed", "json");
    }
    return event.plain.event();
  }

  private boolean readObject() {
    if (!skip('{')) {
      return false;
    }
    if (skip('}')) {
      return true;
    }
    do {
      if (!readMember()) {
        return false;
      }
    } while (skip(','));
    return skip('}');
  }

  private boolean readMember() {
    int line = plain.length();
    if (!readString(true) || !skip(':')) {
      return false;
    }
    if (plain.isEnd(line, BODY)) {
      plain.truncate(line);
      return readBody();
    }
    return skip('[') ? readArray(line) : readLine();
  }

  private boolean readArray(int line) {
    byte[] name = plain.copy(line);
    plain.truncate(line);
    if (skip(']')) {
      return true;
    }
    do {
      plain.append(name, 0, name.length);
      if (!readLine()) {
        return false;
      }
    } while (skip(','));
    return skip(']');
  }

  private boolean readBody() {
    int start = plain.length();
    boolean read = readValue(false);
    plain.body(plain.copy(start));
    plain.truncate(start);
    return read;
  }

  /** Reads the value of a line that begins with its name. */
  private boolean readLine() {
    plain.beginValue();
    boolean nested = next() == '{' || next() == '[';
    if (!(nested ? readNested() : readValue(true))) {
      return false;
    }
    if (nested) {
      plain.truncate(complete);
    } else {
      plain.endLine();
      complete = plain.length();
    }
    return true;
  }

  /** Reads an object or array that FreeSWITCH never sends, and which is ignored. */
  private boolean readNested() {
    int depth = 0;
    do {
      int next = next();
      if (next == NOTHING || next == '"' && !readString(false)) {
        return false;
      }
      depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
      at += next == '"' ? 0 : 1;
    } while (depth > 0);
    return true;
  }

  private boolean readValue(boolean encoded) {
    if (next() == '"') {
      return readString(encoded);
    }
    int start = at;
    while (at < json.length && (Character.isLetterOrDigit(json[at]) || isSign(json[at]))) {
      at++;
    }
    boolean isNull = at - start == 4 && json[start] == 'n';
    plain.append(json, start, isNull ? start : at);
    return at > start;
  }

  private static boolean isSign(byte letter) {
    return letter == '+' || letter == '-' || letter == '.';
  }

  private boolean readString(boolean encoded) {
    if (!skip('"')) {
      return false;
    }
    if (encoded && at < json.length && json[at] == ' ') {
      plain.encode(' ');
      at++;
    }
    while (at < json.length) {
      int start = at;
      while (at < json.length && ORDINARY[json[at] & 0xff]) {
        at++;
      }
      plain.append(json, start, at);
      if (at == json.length) {
        return false;
      }
      byte letter = json[at++];
      if (letter == '"') {
        return true;
      }
      int character = letter == '\\' ? readEscape() : letter;
      if (character == NOTHING) {
        return false;
      }
      write(character, encoded);
    }
    return false;
  }

  private void write(int character, boolean encoded) {
    if (encoded && PlainText.isSpecial(character)) {
      plain.encode(character);
    } else if (character < 0x80) {
      plain.append(character);
    } else {
      byte[] utf8 = Character.toString(character).getBytes(StandardCharsets.UTF_8);
      plain.append(utf8, 0, utf8.length);
    }
  }

  private int readEscape() {
    byte letter = at < json.length ? json[at++] : 0;
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '"', '\\', '/' -> letter;
      case 'u' -> readUnicode();
      default -> NOTHING;
    };
  }

  /** Reads a character that is written in UTF-16, as one escape or as two. */
  private int readUnicode() {
    int high = readHex();
    if (high == NOTHING
        || !Character.isHighSurrogate((char) high)
        || at + 1 >= json.length
        || json[at] != '\\'
        || json[at + 1] != 'u') {
      return high;
    }
    int before = at;
    at += 2;
    int low = readHex();
    if (low != NOTHING && Character.isLowSurrogate((char) low)) {
      return Character.toCodePoint((char) high, (char) low);
    }
    at = before;
    return high;
  }

  private int readHex() {
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < json.length ? Character.digit(json[at], 16) : NOTHING;
      if (digit < 0) {
        return NOTHING;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private boolean skip(char wanted) {
    boolean found = next() == wanted;
    at += found ? 1 : 0;
    return found;
  }

  /** Skips white space and returns the next byte without reading it. */
  private int next() {
    while (at < json.length
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
    return at < json.length ? json[at] : NOTHING;
  }
}
