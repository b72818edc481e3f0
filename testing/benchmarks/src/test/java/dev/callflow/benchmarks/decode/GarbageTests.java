package dev.callflow.benchmarks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.esl.Codec;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GarbageTests {

  private static final int READS = 40;

  /** As many events as fit into the 64 KiB that Netty reads at once. */
  private static final int EVENTS = 30;

  /** Uses the kind of buffer into which Netty reads from a socket. */
  @Test
  void aRejectedEventAllocatesNothing() {
    String body = "Event-Name: HEARTBEAT\nN: %s\n\n".formatted("1".repeat(2_000));
    String frame =
        "Content-Length: %d\nContent-Type: text/event-plain\n\n%s".formatted(body.length(), body);
    ByteBuf frames = new AdaptiveByteBufAllocator().directBuffer();
    frames.writeBytes(frame.repeat(EVENTS).getBytes(StandardCharsets.UTF_8));
    EmbeddedChannel channel = new EmbeddedChannel(Codec.decoder(event -> event.is("N", "2")));
    channel.writeInbound(frames.readerIndex(0).retain());

    long before = Cost.threadAllocated();
    for (int i = 0; i < READS; i++) {
      channel.writeInbound(frames.readerIndex(0).retain());
    }
    assertThat((Cost.threadAllocated() - before) / READS / EVENTS).isLessThan(16);
    frames.release();
  }
}
