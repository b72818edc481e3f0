package dev.callflow.benchmarks.decode;

import dev.callflow.benchmarks.stream.Recording;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import link.thingscloud.freeswitch.esl.IEslEventListener;
import link.thingscloud.freeswitch.esl.InboundClient;
import link.thingscloud.freeswitch.esl.inbound.option.InboundClientOption;
import link.thingscloud.freeswitch.esl.inbound.option.ServerOption;
import link.thingscloud.freeswitch.esl.transport.event.EslEvent;
import link.thingscloud.freeswitch.esl.transport.message.EslFrameDecoder;
import link.thingscloud.freeswitch.esl.transport.message.EslMessage;

/**
 * {@code link.thingscloud:freeswitch-esl} 2.2.0, the only client on Maven Central that uses Netty
 * 4.
 */
final class FreeswitchEsl220 {

  private FreeswitchEsl220() {}

  private static void handle(Handled handled, EslEvent event) {
    Map<String, String> headers = event.getEventHeaders();
    handled.event(
        headers.get(Handled.NAME), headers.get(Handled.CHANNEL), headers.get(Handled.NUMBER));
  }

  /** The client's decoder, configured as in its pipeline. */
  static final class InMemory extends Decoding.OnNetty {

    private static final int HEADER_LIMIT = 8192;

    InMemory() {
      super(Recording.PLAIN);
      handlers(
          new EslFrameDecoder(HEADER_LIMIT),
          new SimpleChannelInboundHandler<EslMessage>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, EslMessage message) {
              handle(handled, new EslEvent(message));
            }
          });
    }
  }

  /** The client on a socket. */
  static final class OnSocket implements SocketReceiver, IEslEventListener {

    private static final int NEVER = 100_000;

    private final Handled handled = new Handled();
    private final InboundClient client;
    private final String address;

    OnSocket(int port) throws InterruptedException {
      address = "127.0.0.1:" + port;
      CountDownLatch ready = new CountDownLatch(1);
      InboundClientOption options =
          new InboundClientOption()
              .defaultPassword("ClueCon")
              .readTimeoutSeconds(NEVER)
              .readerIdleTimeSeconds(NEVER)
              .addServerOption(new ServerOption("127.0.0.1", port))
              .addListener(this);
      client = InboundClient.newInstance(options);
      client.start();
      while (!ready.await(10, TimeUnit.MILLISECONDS) && !isAuthenticated(options)) {
        Thread.onSpinWait();
      }
      client.setEventSubscriptions(address, "plain", "all");
    }

    private static boolean isAuthenticated(InboundClientOption options) {
      return options.serverOptions().getFirst().state()
          == link.thingscloud.freeswitch.esl.inbound.option.ConnectState.AUTHED;
    }

    @Override
    public void eventReceived(String server, EslEvent event) {
      handle(handled, event);
    }

    @Override
    public void backgroundJobResultReceived(String server, EslEvent event) {
      handle(handled, event);
    }

    @Override
    public void play(int times) {
      client.sendSyncApiCommand(address, "play", "plain " + times);
    }

    @Override
    public Handled handled() {
      return handled;
    }
  }
}
