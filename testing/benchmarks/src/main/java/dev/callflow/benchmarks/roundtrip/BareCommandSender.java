package dev.callflow.benchmarks.roundtrip;

import dev.callflow.benchmarks.stream.Framing;
import dev.callflow.benchmarks.stream.Sockets;
import dev.callflow.esl.message.EslCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Sends the same bytes as our client, but with bare Netty. A virtual thread waits for the reply.
 */
class BareCommandSender extends CommandSender {

  private static final ByteBuf PING =
      Unpooled.unreleasableBuffer(Sockets.direct(new EslCommand.Noop().render()));

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Channel channel;

  BareCommandSender(int port) {
    channel =
        Sockets.client(Sockets.loops("bare", 1), Replies::new)
            .connect(Sockets.local(port))
            .syncUninterruptibly()
            .channel();
  }

  private final class Replies extends Framing {
    @Override
    protected void frame(
        ChannelHandlerContext context, ByteBuf bytes, int start, int length, boolean bodiless) {
      Runnable next = bodiless ? waiting.poll() : null;
      if (next != null) {
        next.run();
      }
    }
  }

  final void send(Runnable answered) {
    waiting.add(answered);
    channel.writeAndFlush(PING.duplicate(), channel.voidPromise());
  }

  @Override
  void send() throws Exception {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    send(() -> answer.complete(true));
    answer.get();
  }

  @Override
  final void send(Semaphore permits) {
    send(permits::release);
  }

  @Override
  final void flow(int eventsPerSecond) throws Exception {
    byte[] command = ("api flow " + eventsPerSecond + "\n\n").getBytes(StandardCharsets.UTF_8);
    channel.writeAndFlush(Unpooled.wrappedBuffer(command)).sync();
  }

  /** Sends the next command on the event loop, without a waiting thread. */
  static final class InLoop extends BareCommandSender {

    InLoop(int port) {
      super(port);
    }

    @Override
    void time(double[] micros) throws Exception {
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      next(micros, 0, done);
      done.get();
    }

    private void next(double[] micros, int i, CompletableFuture<Boolean> done) {
      long sent = System.nanoTime();
      send(() -> {
        micros[i] = (System.nanoTime() - sent) / 1e3;
        if (i + 1 < micros.length) {
          next(micros, i + 1, done);
        } else {
          done.complete(true);
        }
      });
    }
  }
}
