package dev.callflow.benchmarks.connections;

import dev.callflow.benchmarks.stream.Framing;
import dev.callflow.benchmarks.stream.Sockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** With bare Netty: sends the same greeting, and keeps nothing but the channel data. */
final class BareHolding extends Holding {

  private static final ByteBuf GREETING =
      Unpooled.unreleasableBuffer(
          Sockets.direct(
              "connect\n\nlinger\n\nmyevents\n\nevent plain CHANNEL_EXECUTE_COMPLETE\n\n"
                  .getBytes(StandardCharsets.UTF_8)));
  private static final int REPLIES = 4;

  private final Channel listening =
      new ServerBootstrap()
          .group(Sockets.loops("accept", 1), Sockets.loops("calls", 2))
          .channel(Sockets.server())
          .option(ChannelOption.SO_BACKLOG, 4096)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childHandler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  channel.pipeline().addLast(new Call());
                }
              })
          .bind(Sockets.local(0))
          .syncUninterruptibly()
          .channel();

  @Override
  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
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
