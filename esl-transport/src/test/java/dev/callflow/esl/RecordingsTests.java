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

  /** Splitting at every byte costs the square of the length. */
  private static final int SMALL = 12_000;

  /** Leak detection looks at every buffer, and there are 13 million bytes. */
  private static final int BYTE_BY_BYTE = 40_000;

  private static final int PRIME = 97;
  private static final Pattern LENGTH = Pattern.compile("(?m)^Content-Length: (\\d+)$");

  private static final List<Recording> RECORDINGS = Recording.all();

  @Test
  void allRecordingsAreThere() {
    assertThat(RECORDINGS).hasSize(117);
  }

  @Test
  void everyFrameOfEveryRecordingIsOfAKnownType() {
    for (Recording recording : RECORDINGS) {
      assertThat(whole(recording.bytes()))
          .as(recording.name())
          .isNotEmpty()
          .noneMatch(UnknownMessage.class::isInstance);
    }
  }

  @Test
  void byteByByteGivesTheSameMessagesAsTheWhole() {
    for (Recording recording : RECORDINGS) {
      EmbeddedChannel channel = channel();
      byte[] bytes = recording.bytes();
      int step = bytes.length <= BYTE_BY_BYTE ? 1 : PRIME;
      for (int i = 0; i < bytes.length; i += step) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes, i, Math.min(step, bytes.length - i)));
      }
      assertThat(messages(channel)).as(recording.name()).isEqualTo(whole(bytes));
    }
  }

  @Test
  void smallRecordingsSplitAtEveryByteGiveTheSameMessages() {
    int split = 0;
    for (Recording recording : RECORDINGS) {
      if (recording.bytes().length <= SMALL) {
        splitEverywhere(recording.name(), recording.bytes());
        split++;
      }
    }
    assertThat(split).isGreaterThan(10);
  }

  /** One frame of each kind stands for the others of large recordings. */
  @Test
  void framesOfEachKindSplitAtEveryByteGiveTheSameMessages() {
    Set<String> kinds = new HashSet<>();
    for (Recording recording : RECORDINGS) {
      int start = 0;
      while (start < recording.bytes().length) {
        int end = frameEnd(recording.bytes(), start);
        byte[] frame = Arrays.copyOfRange(recording.bytes(), start, end);
        EslMessage message = whole(frame).getFirst();
        String kind =
            message instanceof EslEvent event
                ? event.name() + event.header("Action").orElse("")
                : message.getClass().getSimpleName();
        if (frame.length <= SMALL && kinds.add(kind)) {
          splitEverywhere(recording.name() + " " + kind, frame);
        }
        start = end;
      }
    }
    assertThat(kinds).hasSizeGreaterThan(50);
  }

  /** The end of a frame by the plainest reading there is, so that the decoder is not its judge. */
  private static int frameEnd(byte[] bytes, int start) {
    int head = start;
    while (bytes[head] != '\n' || bytes[head + 1] != '\n') {
      head++;
    }
    Matcher length = LENGTH.matcher(new String(bytes, start, head - start, StandardCharsets.UTF_8));
    return head + 2 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
  }

  /** On one connection: what a split leaves behind would spoil the next one. */
  private static void splitEverywhere(String name, byte[] bytes) {
    List<EslMessage> expected = whole(bytes);
    EmbeddedChannel channel = channel();
    for (int i = 1; i < bytes.length; i++) {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, 0, i));
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, i, bytes.length - i));
      if (!read(channel).equals(expected)) {
        fail("%s is read otherwise when split at %d", name, i);
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
