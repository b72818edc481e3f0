package dev.callflow.benchmarks.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plays the part of FreeSWITCH in the benchmarks. Sends the recordings on request, as fast as the
 * client reads them.
 *
 * <p>Greets each client, answers every command with the same short reply, and sends events in
 * response to three {@code api} commands: {@code play plain N} and {@code play json N} send the
 * recording in that format N times, and {@code flow N} sends N events a second until {@code flow
 * 0}. Runs on bare Netty, so that its cost is the same for all clients.
 */
public final class ReplayServer implements AutoCloseable {

  private static final ByteBuf GREETING = Sockets.constant("Content-Type: auth/request\n\n");
  private static final ByteBuf REPLY =
      Sockets.constant("Content-Type: command/reply\nReply-Text: +OK\n\n");
  private static final ByteBuf OUTPUT =
      Sockets.constant("Content-Type: api/response\nContent-Length: 3\n\n+OK");

  private static final int TICKS_PER_SECOND = 1000;

  private final EventLoopGroup loops = Sockets.loops("replay", 1);
  private final ByteBuf plain;
  private final ByteBuf json;
  private final Channel listening;

  /** Begins to listen on a free port of the loopback interface. */
  public ReplayServer() {
    plain = Sockets.direct(Recording.PLAIN.events());
    json = Sockets.direct(Recording.JSON.events());
    listening = Sockets.listen(loops, loops, Connection::new);
  }

  /**
   * Returns the port on which the server listens.
   *
   * @return the port
   */
  public int port() {
    return Sockets.port(listening);
  }

  @Override
  public void close() {
    listening.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private final class Connection extends Commands {

    private @Nullable Future<?> flow;
    private int sent;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(GREETING.duplicate());
    }

    @Override
    protected void command(ChannelHandlerContext context, String command) {
      if (!command.startsWith("api ")) {
        context.write(REPLY.duplicate());
        return;
      }
      context.write(OUTPUT.duplicate());
      String[] words = command.split(" ");
      if (words[1].equals("play")) {
        ByteBuf events = words[2].equals("json") ? json : plain;
        for (int i = Integer.parseInt(words[3]); i > 0; i--) {
          context.write(events.retainedDuplicate());
        }
      } else if (words[1].equals("flow")) {
        flow(context, Integer.parseInt(words[2]));
      }
    }

    /** Sends events in a burst each millisecond, because FreeSWITCH also sends them in batches. */
    private void flow(ChannelHandlerContext context, int perSecond) {
      if (flow != null) {
        flow.cancel(false);
        flow = null;
      }
      if (perSecond > 0) {
        int burst = perSecond / TICKS_PER_SECOND;
        flow =
            context
                .executor()
                .scheduleAtFixedRate(
                    () -> {
                      for (int i = 0; i < burst; i++) {
                        context.write(nextEvent());
                      }
                      context.flush();
                    },
                    0,
                    1_000_000 / TICKS_PER_SECOND,
                    TimeUnit.MICROSECONDS);
      }
    }

    private ByteBuf nextEvent() {
      if (sent >= plain.writerIndex()) {
        sent = 0;
      }
      int head = sent;
      int length = 0;
      for (byte next = plain.getByte(head); next != '\n'; next = plain.getByte(head)) {
        // FreeSWITCH writes the length into the first line of each frame.
        length = head == sent ? 0 : next >= '0' && next <= '9' ? length * 10 + next - '0' : length;
        head++;
      }
      int end = plain.indexOf(head + 1, plain.writerIndex(), (byte) '\n') + 2 + length;
      ByteBuf event = plain.retainedSlice(sent, end - sent);
      sent = end;
      return event;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      flow(context, 0);
    }
  }
}
