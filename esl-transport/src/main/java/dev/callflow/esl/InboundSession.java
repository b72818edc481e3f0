package dev.callflow.esl;

import dev.callflow.esl.error.EslAuthenticationException;
import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslConnectException;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.message.AuthRequest;
import dev.callflow.esl.message.DisconnectNotice;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslEventFilter;
import dev.callflow.esl.message.EslNotification;
import dev.callflow.esl.message.LogData;
import dev.callflow.esl.message.RudeRejection;
import dev.callflow.esl.message.UnknownMessage;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.esl.runtime.EslNetwork;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One inbound connection, from connecting to its loss: logs in, subscribes, passes events on. */
final class InboundSession implements CommandPipeline.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(InboundSession.class);

  /** Every command of it has a deadline of its own; there are not so many of them. */
  private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofMinutes(5);

  /** Netty gives up connecting after the connect timeout; this is only for when it does not. */
  private static final Duration CONNECT_MARGIN = Duration.ofSeconds(1);

  /** What a session needs of its client. */
  record Client(
      EslClientOptions options,
      EslNetwork network,
      EventLoopGroup loops,
      Supplier<List<EslCommand>> subscriptions,
      BackgroundJobs jobs,
      ListenerQueue listeners) {}

  private final Client client;
  private final EslClientOptions options;
  private final CommandPipeline pipeline;
  private final CompletableFuture<Boolean> greeting = new CompletableFuture<>();
  private final CompletableFuture<Boolean> lost = new CompletableFuture<>();

  /** Whether it is logged in and subscribed, or was lost before. */
  private final CompletableFuture<Boolean> subscribed = new CompletableFuture<>();

  InboundSession(Client client) {
    this.client = client;
    this.options = client.options();
    this.pipeline =
        new CommandPipeline(
            options.address(),
            EslMetrics.Direction.INBOUND,
            options.runtime(),
            options.metrics(),
            this);
  }

  CommandPipeline pipeline() {
    return pipeline;
  }

  /** Completes when the connection is lost, before anybody learns of it. On the event loop. */
  CompletableFuture<Boolean> lost() {
    return lost;
  }

  void fail(EslException why) {
    pipeline.fail(why);
  }

  /**
   * Connects, logs in and subscribes; blocks. {@link #begin} tells the listener.
   *
   * @param before the server of the last session, if there was one
   * @return the server of this one
   */
  EslPeer open(@Nullable EslPeer before) throws InterruptedException {
    connect();
    if (!pipeline.await(greeting, "the greeting", options.connectTimeout())) {
      throw new EslAuthenticationException("[" + pipeline.name() + "] our address is refused");
    }
    logIn();
    EslPeer peer = peer();
    boolean restarted = before != null && !before.coreUuid().equals(peer.coreUuid());
    // Queued before the first event can come; told when nothing can fail any more.
    deliver(() -> {
      if (pipeline.await(subscribed, "the subscriptions", SUBSCRIBE_TIMEOUT)) {
        if (restarted) {
          options.listener().restarted(peer);
        }
        options.listener().connected(peer);
      }
    });
    subscribe();
    LOG.info("[{}] connected to {}", pipeline.name(), peer.version());
    return peer;
  }

  /** Tells the listener of the connection, which can take commands now; then of its events. */
  void begin() {
    if (!subscribed.complete(true)) {
      throw new EslClosedException("[" + pipeline.name() + "] lost while subscribing");
    }
    pipeline.later(
        Duration.ZERO, () -> pipeline.watch(options.idleTimeout(), options.commandTimeout()));
  }

  private void connect() throws InterruptedException {
    Bootstrap bootstrap =
        client
            .network()
            .client(client.loops())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.connectTimeout().toMillis())
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, CommandPipeline.MAX_UNREAD)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    SslContext ssl = options.ssl();
                    if (ssl != null) {
                      channel.pipeline().addLast(tls(ssl, channel));
                    }
                    channel
                        .pipeline()
                        .addLast(new FrameDecoder(FrameDecoder.Limits.DEFAULT, wanted()), pipeline);
                  }
                });
    ChannelFuture connecting =
        options.localAddress() == null
            ? bootstrap.connect(options.address())
            : bootstrap.connect(options.address(), options.localAddress());
    CompletableFuture<Boolean> connected = new CompletableFuture<>();
    connecting.addListener(done -> connected.complete(done.isSuccess()));
    if (!options.runtime().await(connected, options.connectTimeout().plus(CONNECT_MARGIN))) {
      connecting.channel().close();
      throw new EslConnectException(
          "[" + pipeline.name() + "] no connection in " + options.connectTimeout());
    }
    Throwable cause = connecting.cause();
    if (cause != null) {
      throw new EslConnectException("[" + pipeline.name() + "] no connection", cause);
    }
  }

  /** With the server's name, where it has one: its certificate must be for that. */
  private SslHandler tls(SslContext ssl, Channel channel) {
    return options.address() instanceof InetSocketAddress internet
        ? ssl.newHandler(channel.alloc(), internet.getHostString(), internet.getPort())
        : ssl.newHandler(channel.alloc());
  }

  /** The results of our own jobs always pass. */
  private EslEventFilter wanted() {
    EslEventFilter filter = options.eventFilter();
    return filter == EslEventFilter.ALL
        ? filter
        : event -> event.is("BACKGROUND_JOB") || filter.wants(event);
  }

  private void logIn() {
    EslCommand login =
        options.user().isEmpty()
            ? new EslCommand.Auth(options.password())
            : new EslCommand.UserAuth(options.user(), options.password());
    if (!pipeline.command(login, options.connectTimeout()).ok()) {
      throw new EslAuthenticationException("[" + pipeline.name() + "] the password is refused");
    }
  }

  private void subscribe() {
    List<EslCommand> filters = new ArrayList<>(options.filters());
    if (!filters.isEmpty()) {
      filters.add(new EslCommand.Filter("Event-Name", "BACKGROUND_JOB"));
    }
    filters.forEach(filter -> pipeline.ask(filter, options.commandTimeout()));
    for (EslCommand subscription : client.subscriptions().get()) {
      if (!pipeline.command(subscription, options.commandTimeout()).ok()) {
        throw new EslAuthenticationException("[" + pipeline.name() + "] events are refused");
      }
    }
  }

  private EslPeer peer() {
    return new EslPeer(ask("global_getvar", "core_uuid"), ask("version", ""), ask("hostname", ""));
  }

  private String ask(String command, String arguments) {
    return pipeline.api(command, arguments, options.commandTimeout()).strip();
  }

  @Override
  public void opened() {}

  @Override
  public void received(EslNotification notification) {
    switch (notification) {
      case AuthRequest request -> greeting.complete(true);
      case RudeRejection rejection -> greeting.complete(false);
      case EslEvent event -> event(event);
      case DisconnectNotice notice ->
          LOG.info("[{}] {}", pipeline.name(), notice.text().strip().replace('\n', ' '));
      case LogData line -> deliver(() -> options.listener().log(line));
      case UnknownMessage unknown -> {
        options.metrics().unknownFrame();
        LOG.warn("[{}] a frame of type {}", pipeline.name(), unknown.type());
      }
    }
  }

  private void event(EslEvent event) {
    if (!client.jobs().end(event)) {
      options.metrics().event();
      client.listeners().offer(event, pipeline);
    }
  }

  private void deliver(Runnable task) {
    if (!client.listeners().offer(task)) {
      options.metrics().overflowed();
      fail(new EslOverflowException("[" + pipeline.name() + "] the listener is too slow"));
    }
  }

  @Override
  public void receivedAll() {
    client.listeners().pauseIfBehind(pipeline);
  }

  @Override
  public void closed(EslException why) {
    lost.complete(true);
    greeting.completeExceptionally(why);
    client.jobs().failAll(why);
    if (!subscribed.complete(false)
        && !client.listeners().offer(() -> options.listener().lost(why))) {
      // The queue is full of events that the listener has still to see; it learns of the loss
      // when the connection is back.
      LOG.error("[{}] lost, and the listener is too slow to be told", pipeline.name(), why);
    }
  }
}
