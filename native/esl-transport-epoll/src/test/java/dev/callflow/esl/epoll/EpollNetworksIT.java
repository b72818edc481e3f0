package dev.callflow.esl.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.runtime.EslNetwork;
import dev.callflow.esl.runtime.EslRuntime;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class EpollNetworksIT {

  private static final SocketAddress TCP = new InetSocketAddress("127.0.0.1", 0);

  @Test
  void theNativeLibraryIsAvailable() {
    assertThat(Epoll.unavailabilityCause()).isNull();
  }

  @Test
  void aTcpConnectionUsesEpollAtBothEnds() throws Exception {
    EslNetwork network = EslRuntime.system().network(TCP);
    EventLoopGroup loops = network.loops("epoll", 1);
    try {
      Channel server =
          network
              .server(loops, loops)
              .childHandler(new ChannelInboundHandlerAdapter())
              .bind(TCP)
              .sync()
              .channel();
      Channel client =
          network
              .client(loops)
              .handler(new ChannelInboundHandlerAdapter())
              .connect(server.localAddress())
              .sync()
              .channel();
      assertThat(server).isInstanceOf(EpollServerSocketChannel.class);
      assertThat(client).isInstanceOf(EpollSocketChannel.class);
    } finally {
      loops.shutdownGracefully().sync();
    }
  }

  @Test
  void aUnixSocketDoesNot() {
    SocketAddress unix = UnixDomainSocketAddress.of(Path.of("socket"));
    assertThat(EslRuntime.system().network(unix)).isNotEqualTo(EslRuntime.system().network(TCP));
  }
}
