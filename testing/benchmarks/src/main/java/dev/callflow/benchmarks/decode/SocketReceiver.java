package dev.callflow.benchmarks.decode;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.stream.Framing;
import dev.callflow.benchmarks.stream.Recording;
import dev.callflow.benchmarks.stream.Sockets;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslEventFilter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A way to receive the recording over a socket, from the first byte to the user's handler. */
interface SocketReceiver {

  /**
   * Makes the server send the recording the given number of times. Returns before the recording has
   * arrived.
   */
  void play(int times);

  Handled handled();

  static List<String> names() {
    return List.of(
        "own-borrowed-compared",
        "own-borrowed-read",
        "own-owned-read",
        "own-map",
        "own-json-read",
        "esl-client-0.9.2",
        "freeswitch-esl-2.2.0",
        "framing",
        "bytes");
  }

  static SocketReceiver of(String name, int port) throws InterruptedException {
    return switch (name) {
      case "own-borrowed-compared" ->
          Own.borrowed(
              port,
              handled ->
                  event -> {
                    handled.event(Decoding.compared(event));
                    return false;
                  });
      case "own-borrowed-read" ->
          Own.borrowed(
              port,
              handled ->
                  event -> {
                    handled.event(Decoding.read(event));
                    return false;
                  });
      case "own-owned-read" -> new Own(port, Recording.PLAIN, Decoding::read);
      case "own-map" -> new Own(port, Recording.PLAIN, Decoding::mapped);
      case "own-json-read" -> new Own(port, Recording.JSON, Decoding::read);
      case "esl-client-0.9.2" -> new EslClient092.OnSocket(port);
      case "freeswitch-esl-2.2.0" -> new FreeswitchEsl220.OnSocket(port);
      case "framing" -> new Bare(port, Bare::frames);
      case "bytes" -> new Bare(port, Bare::bytes);
      default -> throw new IllegalArgumentException("unknown receiver " + name);
    };
  }

  /**
   * Receives the recording the given number of times, and measures the cost for the whole process.
   */
  default Map<String, Double> measured(int times) throws InterruptedException {
    long events = handled().events();
    long characters = handled().characters();
    double cpu = Cost.processSeconds();
    long start = System.nanoTime();
    handled().expect((long) times * Recording.EVENTS);
    play(times);
    handled().await();
    double seconds = (System.nanoTime() - start) / 1e9;
    cpu = Cost.processSeconds() - cpu;
    return Map.of(
        "cpu",
        cpu,
        "seconds",
        seconds,
        "events",
        (double) (handled().events() - events),
        "characters",
        (double) (handled().characters() - characters));
  }

  /** The client of our library. */
  final class Own implements SocketReceiver, EslClientListener {

    private final Handled handled;
    private final Recording recording;
    private final ToIntFunction<EslEvent> handler;
    private final EslClient client;

    Own(int port, Recording recording, ToIntFunction<EslEvent> handler) {
      this(port, recording, handler, new Handled(), EslEventFilter.ALL);
    }

    static Own borrowed(int port, Function<Handled, EslEventFilter> reads) {
      Handled handled = new Handled();
      // The client passes job results to the listener, regardless of the filter.
      return new Own(port, Recording.PLAIN, Decoding::read, handled, reads.apply(handled));
    }

    private Own(
        int port,
        Recording recording,
        ToIntFunction<EslEvent> handler,
        Handled handled,
        EslEventFilter filter) {
      this.handled = handled;
      this.recording = recording;
      this.handler = handler;
      client =
          new EslClient(
                  EslClientOptions.builder(Sockets.local(port))
                      .password("ClueCon")
                      .events(List.of("ALL"), List.of())
                      .eventFilter(filter)
                      .listener(this)
                      .build())
              .start();
      if (!client.awaitConnected(Duration.ofSeconds(30))) {
        throw new IllegalStateException("the client did not connect within 30 s");
      }
    }

    @Override
    public void event(EslEvent event) {
      handled.event(handler.applyAsInt(event));
    }

    @Override
    public void play(int times) {
      client.api(
          "play",
          (recording == Recording.JSON ? "json " : "plain ") + times,
          Duration.ofSeconds(5));
    }

    @Override
    public Handled handled() {
      return handled;
    }
  }

  /** Bare Netty. */
  final class Bare implements SocketReceiver {

    /** The length of the longest possible reply; every event is longer. */
    private static final int MAX_REPLY = 200;

    private final Handled handled = new Handled();
    private final Channel channel;

    Bare(int port, Function<Handled, ChannelHandler> handler) {
      channel =
          Sockets.client(Sockets.loops("bare", 1), () -> handler.apply(handled))
              .connect(Sockets.local(port))
              .syncUninterruptibly()
              .channel();
    }

    static ChannelHandler frames(Handled handled) {
      return new Framing() {
        @Override
        protected void frame(
            ChannelHandlerContext context, ByteBuf bytes, int start, int length, boolean bodiless) {
          if (length > MAX_REPLY) {
            handled.event(0);
          }
        }
      };
    }

    /**
     * Reads bytes without parsing them, and estimates the number of events from the average event
     * length.
     */
    static ChannelHandler bytes(Handled handled) {
      int all = Recording.PLAIN.events().length;
      return new ChannelInboundHandlerAdapter() {
        private long read;
        private long counted;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
          ByteBuf buffer = (ByteBuf) message;
          read += buffer.readableBytes();
          buffer.release();
          long events = read * Recording.EVENTS / all;
          for (; counted < events; counted++) {
            handled.event(0);
          }
        }
      };
    }

    @Override
    public void play(int times) {
      byte[] command = ("api play plain " + times + "\n\n").getBytes(StandardCharsets.UTF_8);
      channel.writeAndFlush(Unpooled.wrappedBuffer(command));
    }

    @Override
    public Handled handled() {
      return handled;
    }
  }
}
