package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fuzzes the codec: no input may make it crash, hang or use ever more memory, and a command with
 * arbitrary parts must remain a single command.
 */
class CodecFuzz {

  private static final FrameDecoder.Limits SMALL = new FrameDecoder.Limits(4096, 4096);

  @FuzzTest(maxDuration = "30s")
  void theDecoderGivesTheSameFramesForAnyBytesAndAnyChunkSize(FuzzedDataProvider data) {
    int cut = data.consumeInt(1, 64);
    byte[] bytes = data.consumeRemainingAsBytes();

    assertThat(decode(bytes, cut)).isEqualTo(decode(bytes, Math.max(1, bytes.length)));
  }

  private static List<String> decode(byte[] bytes, int chunk) {
    List<String> seen = new ArrayList<>();
    EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(SMALL));
    try {
      for (int at = 0; at < bytes.length; at += chunk) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, Math.min(chunk, bytes.length - at)));
        collect(channel, seen);
      }
    } catch (DecoderException e) {
      collect(channel, seen);
      seen.add(String.valueOf(e.getCause()));
    } finally {
      channel.close();
      channel.releaseInbound();
    }
    return seen;
  }

  private static void collect(EmbeddedChannel channel, List<String> seen) {
    for (EslMessage message = channel.readInbound();
        message != null;
        message = channel.readInbound()) {
      seen.add(
          message instanceof EslEvent event
              ? event.asMap() + event.body() + event.headers("Event-Name")
              : message.toString());
    }
  }

  @FuzzTest(maxDuration = "15s")
  void anEventOfAnyBytesCanBeRead(FuzzedDataProvider data) {
    EslEvent.Format format = data.pickValue(EslEvent.Format.values());
    String name = data.consumeString(32);
    EslEvent event = EslEvent.of(format, data.consumeRemainingAsBytes());

    assertThat(event.header(name)).isNotNull();
    assertThat(event.headers(name)).isNotNull();
    assertThat(event.variables()).isNotNull();
    assertThat(event.body()).isNotNull();
    assertThat(event.toString()).isNotNull();
    if (event.header("Event-Name").filter(it -> it.chars().allMatch(c -> c < 127)).isPresent()) {
      assertThat(event.is(event.name())).isTrue();
    }
  }

  @FuzzTest(maxDuration = "15s")
  void aCommandWithAnyPartsRemainsOneCommand(FuzzedDataProvider data) {
    byte[] bytes;
    try {
      bytes = command(data).render();
    } catch (IllegalArgumentException e) {
      return;
    }

    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf("\n\n");
    assertThat(end).as("the end of %s", text).isPositive();
    String head = text.substring(0, end);
    int body =
        head.lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16)))
            .sum();
    assertThat(bytes.length).isEqualTo(head.getBytes(StandardCharsets.UTF_8).length + 2 + body);
    assertThat(head).doesNotContain("\r").doesNotContain("\0");
  }

  private static EslCommand command(FuzzedDataProvider data) {
    String one = data.consumeString(40);
    String two = data.consumeString(40);
    return switch (data.consumeInt(0, 8)) {
      case 0 -> new EslCommand.Auth(one);
      case 1 -> new EslCommand.UserAuth(one, two);
      case 2 -> new EslCommand.Api(one, two);
      case 3 -> new EslCommand.BgApi(one, two, data.consumeString(20));
      case 4 -> new EslCommand.Filter(one, two);
      case 5 -> EslCommand.events(List.of(one), List.of(two));
      case 6 ->
          new EslCommand.Execute(
              Optional.of(one), two, data.consumeString(40), data.consumeString(20), true, 1);
      case 7 -> new EslCommand.HangUp(Optional.of(one), two);
      default -> new EslCommand.SendEvent(one, Map.of(two, one), data.consumeString(40));
    };
  }
}
