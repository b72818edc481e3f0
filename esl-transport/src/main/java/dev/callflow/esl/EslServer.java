package dev.callflow.esl;

import dev.callflow.esl.error.EslConnectException;
import dev.callflow.esl.runtime.EslNetwork;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for calls that FreeSWITCH hands over by its {@code socket} application.
 *
 * <p>The protocol has no password in this direction: listen only where nobody but FreeSWITCH can
 * connect, or name the addresses that may ({@link EslServerOptions.Builder#allowFrom}).
 *
 * <p>A channel belongs to the connection that named it first. A second connection with the uuid of
 * a live call is refused and logged, and the first one goes on untouched; it is accepted as soon as
 * the first has lost the call, as by a transfer in FreeSWITCH, or has closed.
 */
public final class EslServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EslServer.class);

  /** Binding takes no time that depends on others. */
  private static final Duration BIND_TIMEOUT = Duration.ofMinutes(1);

  /** A flood of refused connections must not become a flood of lines in the log. */
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

  private final EslServerOptions options;
  private final EslCallHandler handler;
  private final EslNetwork network;
  private final EventLoopGroup acceptors;
  private final EventLoopGroup loops;
  private final Set<EslCall> calls = ConcurrentHashMap.newKeySet();
  private final LiveCalls<EslCall> live = new LiveCalls<>();
  private final AtomicLong refused = new AtomicLong();
  private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
  private volatile boolean closing;
  private @Nullable Channel listening;

  /**
   * Makes a server; it does nothing before {@link #start}.
   *
   * @param options where to listen and what calls subscribe to
   * @param handler takes the calls
   */
  public EslServer(EslServerOptions options, EslCallHandler handler) {
    this.options = options;
    this.handler = handler;
    network = options.runtime().network(options.address());
    acceptors = network.loops("esl-server", 1);
    loops = network.loops("esl-calls", Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Begins to listen; returns when it does.
   *
   * @return this server
   * @throws EslConnectException if the address cannot be listened on
   */
  public EslServer start() {
    ChannelFuture binding =
        network
            .server(acceptors, loops)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, CommandPipeline.MAX_UNREAD)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                })
            .bind(options.address());
    if (!isBound(binding)) {
      acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new EslConnectException("cannot listen on " + options.address(), binding.cause());
    }
    listening = binding.channel();
    LOG.info("[esl outbound] listens on {}", binding.channel().localAddress());
    return this;
  }

  private boolean isBound(ChannelFuture binding) {
    CompletableFuture<Boolean> bound = new CompletableFuture<>();
    binding.addListener(done -> bound.complete(done.isSuccess()));
    try {
      return options.runtime().await(bound, BIND_TIMEOUT) && binding.isSuccess();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void accept(Channel channel) {
    if (closing) {
      channel.close();
      return;
    }
    if (!options.allows(channel.remoteAddress())) {
      refuse(channel);
      return;
    }
    EslCall call = new EslCall(channel.remoteAddress(), options, handler::handle, live, this::over);
    calls.add(call);
    SslContext ssl = options.ssl();
    if (ssl != null) {
      channel.pipeline().addLast(ssl.newHandler(channel.alloc()));
    }
    channel.pipeline().addLast(new FrameDecoder(FrameDecoder.Limits.DEFAULT), call.pipeline());
  }

  private void refuse(Channel channel) {
    if (refused.getAndIncrement() == 0) {
      LOG.warn(
          "[esl outbound] refuses a connection from {}: the address is not allowed",
          CommandPipeline.addressText(channel.remoteAddress()));
      acceptors.schedule(this::reportRefused, BETWEEN_REPORTS.toMillis(), TimeUnit.MILLISECONDS);
    }
    channel.close();
  }

  private void reportRefused() {
    long count = refused.getAndSet(0);
    if (count > 1) {
      LOG.warn(
          "[esl outbound] has refused {} connections in {}: their addresses are not allowed",
          count,
          BETWEEN_REPORTS);
    }
  }

  private void over(EslCall call) {
    calls.remove(call);
    if (closing && calls.isEmpty()) {
      drained.complete(true);
    }
  }

  /**
   * Returns where the server listens.
   *
   * @return the address, with the true port
   * @throws IllegalStateException if it does not listen, or on a Unix socket
   */
  public InetSocketAddress address() {
    Channel open = listening;
    if (open == null) {
      throw new IllegalStateException("the server has not been started");
    }
    if (open.localAddress() instanceof InetSocketAddress internet) {
      return internet;
    }
    throw new IllegalStateException("the server listens on a Unix socket");
  }

  /**
   * Tells how many connections there are.
   *
   * @return their number
   */
  public int connections() {
    return calls.size();
  }

  /**
   * Takes no more calls, waits for those there are, and closes what is left then.
   *
   * @param grace how long to wait
   * @return whether all calls had ended by themselves
   */
  public boolean close(Duration grace) {
    closing = true;
    Channel open = listening;
    if (open != null) {
      open.close();
    }
    boolean ended = calls.isEmpty();
    try {
      ended = ended || options.runtime().await(drained, grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.forEach(EslCall::close);
    acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    return ended;
  }

  /** Takes no more calls and closes those there are. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
