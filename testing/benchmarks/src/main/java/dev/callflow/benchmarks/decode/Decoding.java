package dev.callflow.benchmarks.decode;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.stream.Framing;
import dev.callflow.benchmarks.stream.Recording;
import dev.callflow.esl.Codec;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslEventFilter;
import dev.callflow.esl.message.EslEventView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** A way to read the recording without a socket, in chunks as a socket would deliver them. */
public abstract class Decoding {

  /** The maximum number of bytes that Netty reads at once. */
  private static final int CHUNK = 64 << 10;

  final Handled handled = new Handled();

  Decoding() {}

  /** Reads the whole recording once. */
  abstract void pass();

  /**
   * Returns the names of all decoders.
   *
   * @return the names
   */
  public static List<String> names() {
    return List.of(
        "own-borrowed-compared",
        "own-borrowed-read",
        "own-owned",
        "own-owned-read",
        "own-map",
        "own-json-read",
        "own-json-map",
        "esl-client-0.9.2",
        "freeswitch-esl-2.2.0",
        "framing",
        "copying",
        "scan",
        "scan-simple");
  }

  /**
   * Creates a decoder.
   *
   * @param name one of {@link #names}
   * @return the decoder
   */
  public static Decoding of(String name) {
    return switch (name) {
      case "own-borrowed-compared" -> new Borrowed(Decoding::compared);
      case "own-borrowed-read" -> new Borrowed(Decoding::read);
      case "own-owned" -> new Owned(Recording.PLAIN, event -> 0);
      case "own-owned-read" -> new Owned(Recording.PLAIN, Decoding::read);
      case "own-map" -> new Owned(Recording.PLAIN, Decoding::mapped);
      case "own-json-read" -> new Owned(Recording.JSON, Decoding::read);
      case "own-json-map" -> new Owned(Recording.JSON, Decoding::mapped);
      case "esl-client-0.9.2" -> new EslClient092.InMemory();
      case "freeswitch-esl-2.2.0" -> new FreeswitchEsl220.InMemory();
      case "framing" -> new Frames(false);
      case "copying" -> new Frames(true);
      case "scan" -> new Scan();
      case "scan-simple" -> new SimpleScan();
      default -> throw new IllegalArgumentException("unknown decoder " + name);
    };
  }

  /** Reads the whole recording once and returns the cost. */
  Map<String, Double> measured() {
    long events = handled.events();
    long characters = handled.characters();
    long allocated = Cost.threadAllocated();
    double cpu = Cost.threadSeconds();
    pass();
    cpu = Cost.threadSeconds() - cpu;
    allocated = Cost.threadAllocated() - allocated;
    return Map.of(
        "passes", 1.0,
        "cpu", cpu,
        "allocated", (double) allocated,
        "events", (double) (handled.events() - events),
        "characters", (double) (handled.characters() - characters));
  }

  static int read(EslEvent event) {
    return event.header(Handled.NAME).map(String::length).orElse(0)
        + event.header(Handled.CHANNEL).map(String::length).orElse(0)
        + event.header(Handled.NUMBER).map(String::length).orElse(0);
  }

  static int read(EslEventView event) {
    return event.header(Handled.NAME).map(String::length).orElse(0)
        + event.header(Handled.CHANNEL).map(String::length).orElse(0)
        + event.header(Handled.NUMBER).map(String::length).orElse(0);
  }

  static int compared(EslEventView event) {
    return (event.is(Handled.NAME, "CHANNEL_ANSWER") ? 1 : 0)
        + (event.is(Handled.CHANNEL, "ca11e000-0000-4000-8000-000000000001") ? 1 : 0)
        + (event.is(Handled.NUMBER, "short") ? 1 : 0);
  }

  static int mapped(EslEvent event) {
    Map<String, String> headers = event.asMap();
    return headers.getOrDefault(Handled.NAME, "").length()
        + headers.getOrDefault(Handled.CHANNEL, "").length()
        + headers.getOrDefault(Handled.NUMBER, "").length();
  }

  /** Feeds a recording to handlers of Netty 4. */
  abstract static class OnNetty extends Decoding {

    private final ByteBuf[] chunks;
    private EmbeddedChannel channel = new EmbeddedChannel();

    OnNetty(Recording recording) {
      byte[] bytes = recording.events();
      chunks = new ByteBuf[(bytes.length + CHUNK - 1) / CHUNK];
      for (int i = 0; i < chunks.length; i++) {
        int end = Math.min(bytes.length, (i + 1) * CHUNK);
        chunks[i] = Unpooled.directBuffer(CHUNK).writeBytes(bytes, i * CHUNK, end - i * CHUNK);
      }
    }

    final void handlers(ChannelHandler... handlers) {
      channel = new EmbeddedChannel(handlers);
    }

    @Override
    final void pass() {
      for (ByteBuf chunk : chunks) {
        // Reuses the chunk, so that only the codec allocates.
        channel.writeInbound(chunk.readerIndex(0).retain());
      }
    }
  }

  private static final class Borrowed extends OnNetty {
    Borrowed(ToIntFunction<EslEventView> handler) {
      super(Recording.PLAIN);
      EslEventFilter reads =
          event -> {
            handled.event(handler.applyAsInt(event));
            return false;
          };
      handlers(Codec.decoder(reads));
    }
  }

  private static final class Owned extends OnNetty {
    Owned(Recording recording, ToIntFunction<EslEvent> handler) {
      super(recording);
      handlers(
          Codec.decoder(EslEventFilter.ALL),
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
              handled.event(handler.applyAsInt((EslEvent) message));
            }
          });
    }
  }

  /** Splits the stream into frames and, if requested, copies each of them. */
  private static final class Frames extends OnNetty {

    private byte[] last = {};

    Frames(boolean copied) {
      super(Recording.PLAIN);
      handlers(
          new Framing() {
            @Override
            protected void frame(
                ChannelHandlerContext context,
                ByteBuf bytes,
                int start,
                int length,
                boolean bodiless) {
              if (copied) {
                last = new byte[length];
                bytes.getBytes(start, last);
              }
              handled.event(last.length);
            }
          });
    }
  }

  /** Finds each line end with Netty's search method. */
  private static final class Scan extends Decoding {

    private final ByteBuf bytes = Unpooled.wrappedBuffer(Recording.PLAIN.events());

    @Override
    void pass() {
      for (int i = 0; i < bytes.writerIndex(); i += CHUNK) {
        handled.event(lines(i, Math.min(bytes.writerIndex(), i + CHUNK)));
      }
    }

    private int lines(int from, int to) {
      int lines = 0;
      int lf = bytes.indexOf(from, to, (byte) '\n');
      while (lf >= 0) {
        lines++;
        lf = bytes.indexOf(lf + 1, to, (byte) '\n');
      }
      return lines;
    }
  }

  /** Finds each line end, byte by byte. */
  private static final class SimpleScan extends Decoding {

    private final byte[] bytes = Recording.PLAIN.events();
    private final int[] ends = new int[CHUNK];

    @Override
    void pass() {
      for (int i = 0; i < bytes.length; i += CHUNK) {
        handled.event(lines(i, Math.min(bytes.length, i + CHUNK)));
      }
    }

    private int lines(int from, int to) {
      int lines = 0;
      for (int i = from; i < to; i++) {
        if (bytes[i] == '\n') {
          // Stores each position; otherwise, the JIT compiler could count the line ends without
          // visiting each one.
          ends[lines] = i;
          lines++;
        }
      }
      return lines;
    }
  }
}
