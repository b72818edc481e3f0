package dev.callflow.esl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class SocketNetworkTests {

  /** The module esl-transport-epoll brings them. */
  @Test
  void theModuleWorksWithoutTheClassesOfEpoll() throws Exception {
    assertThatThrownBy(() -> Class.forName("io.netty.channel.epoll.Epoll"))
        .isInstanceOf(ClassNotFoundException.class);

    SocketAddress address = new InetSocketAddress("127.0.0.1", 0);
    EslNetwork network = SocketNetwork.of(address);
    EventLoopGroup loops = network.loops("nio", 1);
    try {
      Channel server =
          network
              .server(loops, loops)
              .childHandler(new ChannelInboundHandlerAdapter())
              .bind(address)
              .sync()
              .channel();
      assertThat(server).isInstanceOf(NioServerSocketChannel.class);
    } finally {
      loops.shutdownGracefully().sync();
    }
  }
}
