package dev.callflow.esl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.XZInputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A trace: the bytes that a real FreeSWITCH sent on one connection. */
record Recording(String name, byte[] bytes) {

  static List<Recording> all() {
    List<Recording> traces = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(Recording.class.getResourceAsStream("/traces/public.jsonl.xz")),
                StandardCharsets.UTF_8))) {
      String name = "";
      StringBuilder sent = new StringBuilder();
      String line = lines.readLine();
      while (line != null) {
        List<String> fields = fields(line);
        if (fields.get(0).equals("trace")) {
          if (!name.isEmpty()) {
            traces.add(new Recording(name, utf8(sent)));
          }
          name = fields.get(1);
          sent.setLength(0);
        } else if (fields.get(1).equals("freeswitch")) {
          sent.append(fields.get(3));
        }
        line = lines.readLine();
      }
      traces.add(new Recording(name, utf8(sent)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return traces;
  }

  private static byte[] utf8(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
          fields.add(parser.getString());
        }
        token = parser.nextToken();
      }
    }
    return fields;
  }

  @Override
  public String toString() {
    return name;
  }
}
