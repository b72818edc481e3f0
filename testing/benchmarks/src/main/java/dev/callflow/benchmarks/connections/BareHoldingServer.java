package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.stream.Framing;
import dev.callflow.benchmarks.stream.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/**
 * A bare Netty server that sends the same greeting as our library and keeps only the channel data.
 */
final class BareHoldingServer extends HoldingServer {

  private static final ByteBuf GREETING =
      Sockets.constant("connect\n\nlinger\n\nmyevents\n\nevent plain CHANNEL_EXECUTE_COMPLETE\n\n");

  private static final int REPLIES = 4;

  private final Channel listening =
      Sockets.listen(Sockets.loops("accept", 1), Sockets.loops("calls", 2), Call::new);

  @Override
  int port() {
    return Sockets.port(listening);
  }

  private final class Call extends Framing {

    private byte[] channelData = {};
    private int replies;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(GREETING.duplicate());
    }

    @Override
    protected void frame(
        ChannelHandlerContext context, ByteBuf bytes, int start, int length, boolean bodiless) {
      if (replies == 0) {
        channelData = new byte[length];
        bytes.getBytes(start, channelData);
      }
      replies++;
      if (replies == REPLIES) {
        held.incrementAndGet();
      } else if (replies > REPLIES && channelData.length > 0) {
        context.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      ended.incrementAndGet();
    }
  }
}
