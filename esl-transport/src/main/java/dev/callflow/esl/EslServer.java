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
 * Accepts calls that FreeSWITCH hands over with its {@code socket} application.
 *
 * <p>The protocol has no password in this direction. Listen only where no one except FreeSWITCH can
 * connect, or restrict the peer addresses with {@link EslServerOptions.Builder#allowFrom}.
 *
 * <p>The first connection for a channel controls it. A second connection with the uuid of a live
 * call does not affect the first. The second one waits for up to {@link
 * EslServerOptions.Builder#claimTimeout} and is accepted if the first connection closes or loses
 * the call in that time, for instance through a transfer in FreeSWITCH. Otherwise, the second
 * connection is refused and logged.
 */
public final class EslServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EslServer.class);

  /**
   * The time limit for binding the address. It is generous, since binding does not depend on any
   * peer.
   */
  private static final Duration BIND_TIMEOUT = Duration.ofMinutes(1);

  /** The interval between log lines about refused connections. */
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);

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
   * Creates a server; it does not listen until {@link #start} is called.
   *
   * @param options the address to listen on, the event subscriptions and the timeouts
   * @param handler the handler for calls
   */
  public EslServer(EslServerOptions options, EslCallHandler handler) {
    this.options = options;
    this.handler = handler;
    network = options.runtime().network(options.address());
    acceptors = network.loops("esl-server", 1);
    loops = network.loops("esl-calls", Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Starts listening; returns as soon as the server accepts connections.
   *
   * @return this server
   * @throws EslConnectException if the server cannot listen on the address
   */
  public EslServer start() {
    ChannelFuture binding =
        network
            .server(acceptors, loops)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, CommandPipeline.WRITE_BUFFER)
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
    LOG.info("[esl outbound] listening on {}", binding.channel().localAddress());
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
    EslCall call = new EslCall(channel.remoteAddress(), options, handler, live, this::closed);
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
          "[esl outbound] refusing a connection from {}: the address is not allowed",
          CommandPipeline.addressText(channel.remoteAddress()));
      acceptors.schedule(this::reportRefused, REPORT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
    channel.close();
  }

  private void reportRefused() {
    long count = refused.getAndSet(0);
    if (count > 1) {
      LOG.warn(
          "[esl outbound] refused {} connections within {}: their addresses are not allowed",
          count,
          REPORT_INTERVAL);
    }
  }

  private void closed(EslCall call) {
    calls.remove(call);
    if (closing && calls.isEmpty()) {
      drained.complete(true);
    }
  }

  /**
   * Returns the address that the server listens on.
   *
   * @return the address, with the actual port
   * @throws IllegalStateException if the server has not been started, or listens on a Unix socket
   */
  public InetSocketAddress address() {
    Channel open = listening;
    if (open == null) {
      throw new IllegalStateException("the server has not been started");
    }
    if (open.localAddress() instanceof InetSocketAddress internet) {
      return internet;
    }
    throw new IllegalStateException("the server listens on a Unix socket, which has no IP address");
  }

  /**
   * Returns the number of open connections.
   *
   * @return the number of connections
   */
  public int connections() {
    return calls.size();
  }

  /**
   * Stops listening for calls, so that FreeSWITCH cannot hand over any; live calls continue.
   * Returns at once.
   */
  public void stopListening() {
    closing = true;
    Channel open = listening;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Stops listening for calls, and waits for live calls to end.
   *
   * @param timeout the maximum time to wait
   * @return true if all calls ended within that time
   */
  public boolean awaitCalls(Duration timeout) {
    stopListening();
    try {
      return calls.isEmpty() || options.runtime().await(drained, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Stops listening for calls, waits for live calls to end, and closes the connections that remain.
   *
   * @param grace the maximum time to wait
   * @return true if all calls ended on their own within that time
   */
  public boolean close(Duration grace) {
    boolean ended = awaitCalls(grace);
    calls.forEach(EslCall::close);
    acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    return ended;
  }

  /** Stops accepting calls and closes all connections without waiting. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
