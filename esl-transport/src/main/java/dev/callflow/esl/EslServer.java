package dev.callflow.esl;

import dev.callflow.esl.access.AddressRange;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for calls that FreeSWITCH hands over by its {@code socket} application.
 *
 * <p>The protocol has no password in this direction: listen only where nobody but FreeSWITCH can
 * connect, or name the addresses that may ({@link Builder#allowFrom}).
 *
 * <p>A channel belongs to the connection that named it first. A second connection with the uuid of
 * a live call is refused and logged, and the first one goes on untouched; it is accepted as soon as
 * the first has lost the call, as by a transfer in FreeSWITCH, or has closed.
 */
public final class EslServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EslServer.class);

  private static final int BACKLOG = 4096;

  /** A flood of refused connections must not become a flood of lines in the log. */
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

  private final Builder options;
  private final EventLoops kind;
  private final EventLoopGroup acceptors;
  private final EventLoopGroup loops;
  private final Set<EslCall> calls = ConcurrentHashMap.newKeySet();
  private final LiveCalls live = new LiveCalls();
  private final AtomicLong refused = new AtomicLong();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean closing;
  private @Nullable Channel listening;

  private EslServer(Builder builder) {
    options = builder;
    kind = EventLoops.of(builder.address);
    acceptors = kind.group("esl-server", 1);
    loops = kind.group("esl-calls", Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Begins to make a server.
   *
   * @param address where to listen; port 0 for any free one; or a Unix socket, for a proxy
   * @param handler who takes the calls
   * @return a builder
   */
  public static Builder builder(SocketAddress address, EslCallHandler handler) {
    return new Builder(address, handler);
  }

  /** Collects what a server is made of. */
  public static final class Builder {

    final EslCallHandler handler;
    Duration greetingTimeout = Duration.ofSeconds(5);
    List<String> events = List.of("CHANNEL_EXECUTE_COMPLETE");
    List<String> subclasses = List.of();
    Duration longestPause = Duration.ofSeconds(5);
    Duration longestSilence = Duration.ofSeconds(60);
    EslMetrics metrics = EslMetrics.NONE;
    private final SocketAddress address;
    private List<AddressRange> allowed = List.of();
    private @Nullable SslContext ssl;

    private Builder(SocketAddress address, EslCallHandler handler) {
      this.address = address;
      this.handler = handler;
    }

    /**
     * Sets how long FreeSWITCH may take to tell which call it is.
     *
     * @param longest 5 s unless set
     * @return this builder
     */
    public Builder greetingTimeout(Duration longest) {
      greetingTimeout = longest;
      return this;
    }

    /**
     * Sets from which addresses connections are accepted; any other is closed before anything is
     * read from it, and logged in one line at most every ten seconds. Does not concern Unix
     * sockets, which the file system protects.
     *
     * @param ranges addresses and networks; every address may connect while the list is empty, as
     *     it is unless set
     * @return this builder
     */
    public Builder allowFrom(List<AddressRange> ranges) {
      allowed = List.copyOf(ranges);
      return this;
    }

    private boolean allows(SocketAddress peer) {
      return allowed.isEmpty()
          || !(peer instanceof InetSocketAddress internet)
          || allowed.stream().anyMatch(range -> range.contains(internet.getAddress()));
    }

    /**
     * Subscribes each call to events besides those of {@code myevents}.
     *
     * @param names names of events
     * @param customSubclasses subclasses of CUSTOM events
     * @return this builder
     */
    public Builder events(List<String> names, List<String> customSubclasses) {
      events = List.copyOf(names);
      subclasses = List.copyOf(customSubclasses);
      return this;
    }

    /**
     * Sets for how long reading a call may pause because its listener is behind.
     *
     * @param longest 5 s unless set
     * @return this builder
     */
    public Builder longestPause(Duration longest) {
      longestPause = longest;
      return this;
    }

    /**
     * Sets after what silence of a call's connection FreeSWITCH is asked whether it is still there;
     * if it does not answer that within five seconds, the call is lost.
     *
     * @param longest 60 s unless set
     * @return this builder
     */
    public Builder longestSilence(Duration longest) {
      longestSilence = longest;
      return this;
    }

    /**
     * Speaks TLS, with a proxy behind FreeSWITCH: FreeSWITCH itself does not.
     *
     * @param context how
     * @return this builder
     */
    public Builder ssl(SslContext context) {
      ssl = context;
      return this;
    }

    /**
     * Sets who counts and times.
     *
     * @param told what is told
     * @return this builder
     */
    public Builder metrics(EslMetrics told) {
      metrics = told;
      return this;
    }

    /**
     * Makes the server; it does nothing before {@link EslServer#start}.
     *
     * @return the server
     */
    public EslServer build() {
      return new EslServer(this);
    }
  }

  /**
   * Begins to listen; returns when it does.
   *
   * @return this server
   * @throws EslConnectException if the address cannot be listened on
   */
  public EslServer start() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors, loops)
            .channel(kind.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Link.MOST_UNREAD)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                });
    if (kind.isTcp()) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childOption(ChannelOption.SO_KEEPALIVE, true);
    }
    var binding = bootstrap.bind(options.address).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new EslConnectException("cannot listen on " + options.address, binding.cause());
    }
    listening = binding.channel();
    LOG.info("[esl outbound] listens on {}", binding.channel().localAddress());
    return this;
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
    EslCall call = new EslCall(channel.remoteAddress(), options, live, this::over);
    calls.add(call);
    if (options.ssl != null) {
      channel.pipeline().addLast(options.ssl.newHandler(channel.alloc()));
    }
    channel.pipeline().addLast(new FrameDecoder(FrameLimits.DEFAULT), call.link());
  }

  private void refuse(Channel channel) {
    if (refused.getAndIncrement() == 0) {
      LOG.warn(
          "[esl outbound] refuses a connection from {}: the address is not allowed",
          LinkName.text(channel.remoteAddress()));
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
      drained.countDown();
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
      ended = ended || drained.await(grace.toMillis(), TimeUnit.MILLISECONDS);
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
