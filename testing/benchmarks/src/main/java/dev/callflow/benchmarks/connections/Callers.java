package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.stream.Commands;
import dev.callflow.benchmarks.stream.Recording;
import dev.callflow.benchmarks.stream.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** FreeSWITCH's side of many calls that are handed over to a server and stay open. */
public final class Callers implements AutoCloseable {

  /** The maximum number of pending connections; lower than the backlog of a listening socket. */
  private static final int AT_ONCE = 512;

  private static final ByteBuf REPLY =
      Sockets.constant("Content-Type: command/reply\nReply-Text: +OK\n\n");

  private final EventLoopGroup loops = Sockets.loops("callers", 1);
  private final Queue<Channel> open = new ConcurrentLinkedQueue<>();
  private final String channelData;
  private final String hangup;

  /** Takes the messages of the calls from the recording. */
  public Callers() {
    channelData =
        event("CHANNEL_ANSWER")
                .replace("Event-Name: CHANNEL_ANSWER", "Event-Name: CHANNEL_DATA")
                .strip()
            + "\nContent-Type: command/reply\nReply-Text: +OK\nSocket-Mode: async\n"
            + "Control: full\n\n";
    String body = event("CHANNEL_HANGUP_COMPLETE");
    hangup =
        "Content-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\nContent-Type: text/event-plain\n\n"
            + body;
  }

  /**
   * Replaces the UUID in recorded text. All UUIDs have the same length, so lengths stay correct.
   */
  private static ByteBuf of(String uuid, String recorded) {
    int start = recorded.indexOf("\nUnique-ID: ") + "\nUnique-ID: ".length();
    String recordedUuid = recorded.substring(start, recorded.indexOf('\n', start));
    return Unpooled.copiedBuffer(recorded.replace(recordedUuid, uuid), StandardCharsets.UTF_8);
  }

  private static String event(String name) {
    String all = new String(Recording.PLAIN.events(), StandardCharsets.UTF_8);
    int start = all.indexOf("Event-Name: " + name + "\n");
    return all.substring(start, all.indexOf("\n\n", start) + 2);
  }

  /**
   * Returns the size of the reply to {@code connect}.
   *
   * @return the size in bytes
   */
  public int channelDataSize() {
    return channelData.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Connects calls as fast as the other side accepts them. Returns when all have connected or
   * failed.
   *
   * @param port the port for calls
   * @param calls the number of calls
   * @return the number of calls that connected
   */
  public int call(int port, int calls) {
    Semaphore free = new Semaphore(AT_ONCE);
    AtomicInteger connected = new AtomicInteger();
    for (int i = 0; i < calls; i++) {
      free.acquireUninterruptibly();
      Sockets.client(loops, Call::new)
          .connect(Sockets.local(port))
          .addListener((ChannelFuture connecting) -> {
            if (connecting.isSuccess()) {
              connected.incrementAndGet();
              open.add(connecting.channel());
            }
            free.release();
          });
    }
    free.acquireUninterruptibly(AT_ONCE);
    return connected.get();
  }

  /** Hangs up all calls. */
  public void hangUp() {
    for (Channel call = open.poll(); call != null; call = open.poll()) {
      String uuid = call.pipeline().get(Call.class).uuid;
      call.writeAndFlush(of(uuid, hangup), call.voidPromise());
    }
  }

  @Override
  public void close() {
    open.forEach(Channel::close);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private final class Call extends Commands {

    private final String uuid = UUID.randomUUID().toString();

    @Override
    protected void command(ChannelHandlerContext context, String command) {
      if (command.equals("connect")) {
        context.write(of(uuid, channelData));
      } else {
        context.write(REPLY.duplicate());
        if (command.equals("exit")) {
          context.flush();
          context.close();
        }
      }
    }
  }
}
