package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslMessage;
import dev.callflow.esl.message.UnknownMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecordingsTests {

  /**
   * The maximum length, in bytes, of data that is split at every byte. The time that this takes
   * grows with the square of the length.
   */
  private static final int SMALL = 12_000;

  /**
   * The maximum length, in bytes, of traces that are read byte by byte. Leak detection tracks every
   * buffer, which would be too slow for the 13 million one-byte buffers of all traces.
   */
  private static final int BYTE_BY_BYTE = 40_000;

  private static final int PRIME = 97;
  private static final Pattern LENGTH = Pattern.compile("(?m)^Content-Length: (\\d+)$");

  private static final List<Recording> TRACES = Recording.all();

  @Test
  void allTracesArePresent() {
    assertThat(TRACES).hasSize(117);
  }

  @Test
  void everyFrameOfEveryTraceHasAKnownType() {
    for (Recording trace : TRACES) {
      assertThat(whole(trace.bytes()))
          .as(trace.name())
          .isNotEmpty()
          .noneMatch(UnknownMessage.class::isInstance);
    }
  }

  @Test
  void tracesReadInSmallChunksGiveTheSameMessages() {
    for (Recording trace : TRACES) {
      EmbeddedChannel channel = channel();
      byte[] bytes = trace.bytes();
      int step = bytes.length <= BYTE_BY_BYTE ? 1 : PRIME;
      for (int i = 0; i < bytes.length; i += step) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes, i, Math.min(step, bytes.length - i)));
      }
      assertThat(messages(channel)).as(trace.name()).isEqualTo(whole(bytes));
    }
  }

  @Test
  void smallTracesSplitAtAnyByteGiveTheSameMessages() {
    int split = 0;
    for (Recording trace : TRACES) {
      if (trace.bytes().length <= SMALL) {
        splitEverywhere(trace.name(), trace.bytes());
        split++;
      }
    }
    assertThat(split).isGreaterThan(10);
  }

  /** Splitting all frames of large traces would take too long; one frame of each kind is enough. */
  @Test
  void framesOfEachKindSplitAtAnyByteGiveTheSameMessages() {
    Set<String> kinds = new HashSet<>();
    for (Recording trace : TRACES) {
      int start = 0;
      while (start < trace.bytes().length) {
        int end = frameEnd(trace.bytes(), start);
        byte[] frame = Arrays.copyOfRange(trace.bytes(), start, end);
        EslMessage message = whole(frame).getFirst();
        String kind =
            message instanceof EslEvent event
                ? event.name() + event.header("Action").orElse("")
                : message.getClass().getSimpleName();
        if (frame.length <= SMALL && kinds.add(kind)) {
          splitEverywhere(trace.name() + " " + kind, frame);
        }
        start = end;
      }
    }
    assertThat(kinds).hasSizeGreaterThan(50);
  }

  /** Finds the end of a frame without using the decoder, which is under test. */
  private static int frameEnd(byte[] bytes, int start) {
    int head = start;
    while (bytes[head] != '\n' || bytes[head + 1] != '\n') {
      head++;
    }
    Matcher length = LENGTH.matcher(new String(bytes, start, head - start, StandardCharsets.UTF_8));
    return head + 2 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
  }

  /**
   * Uses the same connection for all splits, so that bytes left over from one split would be
   * noticed in the next.
   */
  private static void splitEverywhere(String name, byte[] bytes) {
    List<EslMessage> expected = whole(bytes);
    EmbeddedChannel channel = channel();
    for (int i = 1; i < bytes.length; i++) {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, 0, i));
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, i, bytes.length - i));
      if (!read(channel).equals(expected)) {
        fail("%s gives different messages when split at byte %d", name, i);
      }
    }
    channel.finishAndReleaseAll();
  }

  private static List<EslMessage> whole(byte[] bytes) {
    EmbeddedChannel channel = channel();
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    return messages(channel);
  }

  private static EmbeddedChannel channel() {
    return new EmbeddedChannel(new FrameDecoder(FrameDecoder.Limits.DEFAULT));
  }

  private static List<EslMessage> messages(EmbeddedChannel channel) {
    List<EslMessage> messages = read(channel);
    channel.finishAndReleaseAll();
    return messages;
  }

  private static List<EslMessage> read(EmbeddedChannel channel) {
    List<EslMessage> messages = new ArrayList<>();
    EslMessage message = channel.readInbound();
    while (message != null) {
      messages.add(message);
      message = channel.readInbound();
    }
    return messages;
  }
}
