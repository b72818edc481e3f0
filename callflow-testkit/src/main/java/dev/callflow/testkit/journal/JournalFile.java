package dev.callflow.testkit.journal;

import dev.callflow.core.document.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The file of a journal. Lines are written one at a time; the journal sees to that. */
final class JournalFile implements Consumer<String>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

  private final Path file;
  private final BufferedWriter writer;
  private long left;
  private boolean ended;

  private JournalFile(Path file, BufferedWriter writer, long most) {
    this.file = file;
    this.writer = writer;
    this.left = most;
  }

  /** The journal of the run before is worth keeping: it may be what somebody wants to see. */
  static JournalFile create(Path file, long most) throws IOException {
    if (Files.isRegularFile(file)) {
      Path kept = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    return new JournalFile(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8), most);
  }

  /** A call must not fail because of its journal. */
  @Override
  public void accept(String line) {
    if (ended) {
      return;
    }
    left -= line.getBytes(StandardCharsets.UTF_8).length + 1L;
    if (left < 0) {
      ended = true;
      LOG.warn("the journal {} is full and ends here", file);
      return;
    }
    try {
      writer.write(line);
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException e) {
    ended = true;
    LOG.error("the journal {} cannot be written and ends here", file, e);
  }

  /** What could not be written before cannot be now, which has been said. */
  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      if (!ended) {
        fail(e);
      }
    }
  }

  /**
   * Reads a journal. Its last line may be torn, by a crash or since it is being written: it is then
   * left out.
   */
  static List<JsonNode> read(Path file) throws IOException {
    boolean torn = !endsWithALine(file);
    List<String> lines = new ArrayList<>();
    // What was torn in the middle of a character must not be a reason to read nothing.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        String next = reader.readLine();
        if (next != null || !torn) {
          check(file + ":" + (lines.size() + 1), line);
          lines.add(line);
        }
        line = next;
      }
    }
    return new JournalLines(lines);
  }

  private static boolean endsWithALine(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(Math.max(0, channel.size() - 1));
      return channel.read(last) == 1 && last.get(0) == '\n';
    }
  }

  private static void check(String place, String text) {
    try {
      if (Json.read(text) instanceof ObjectNode line
          && line.path("t").isNumber()
          && (line.path("call").isString()
              || line.path("operator").isString()
              || line.path("room").isString())
          && (line.path("in").isString() || line.path("out").isString())) {
        return;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(place + ": this is no JSON", e);
    }
    throw new IllegalArgumentException(
        place + ": a line needs t, one of call, operator and room, and in or out");
  }
}
