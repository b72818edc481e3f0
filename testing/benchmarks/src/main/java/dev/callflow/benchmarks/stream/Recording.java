package dev.callflow.benchmarks.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.tukaani.xz.XZInputStream;

/** The events of 115 calls, as FreeSWITCH 1.11.2 sent them on one connection. */
public enum Recording {
  /** The events as {@code text/event-plain}. */
  PLAIN,
  /** The events as {@code text/event-json}. */
  JSON;

  /** The number of events in each recording. */
  public static final int EVENTS = 8096;

  /**
   * Reads the frames of the events.
   *
   * @return the frames of the events, one after another, without the greeting, replies and notices
   */
  public byte[] events() {
    byte[] all = all();
    ByteArrayOutputStream events = new ByteArrayOutputStream(all.length);
    int start = 0;
    while (start < all.length) {
      int head = start;
      while (all[head] != '\n' || all[head + 1] != '\n') {
        head++;
      }
      String headers = new String(all, start, head - start, StandardCharsets.UTF_8);
      int end = head + 2 + contentLength(headers);
      if (headers.contains("Content-Type: text/event-")) {
        events.write(all, start, end - start);
      }
      start = end;
    }
    return events.toByteArray();
  }

  /**
   * Reads the bodies of the events.
   *
   * @return the bodies of the events
   */
  public List<String> bodies() {
    byte[] frames = events();
    List<String> bodies = new ArrayList<>(EVENTS);
    int start = 0;
    while (start < frames.length) {
      int head = start;
      while (frames[head] != '\n' || frames[head + 1] != '\n') {
        head++;
      }
      int length = contentLength(new String(frames, start, head - start, StandardCharsets.UTF_8));
      bodies.add(new String(frames, head + 2, length, StandardCharsets.UTF_8));
      start = head + 2 + length;
    }
    return bodies;
  }

  private byte[] all() {
    String file = "/recordings/events-" + name().toLowerCase(Locale.ROOT) + ".esl.xz";
    try (InputStream in =
        new XZInputStream(Objects.requireNonNull(Recording.class.getResourceAsStream(file)))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int contentLength(String headers) {
    return headers
        .lines()
        .filter(line -> line.startsWith("Content-Length: "))
        .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
        .findFirst()
        .orElse(0);
  }
}
