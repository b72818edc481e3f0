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

/**
 * One inbound connection, from its start to its loss: connects, logs in, subscribes and forwards
 * events.
 */
final class InboundSession implements CommandPipeline.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(InboundSession.class);

  /** The time limit for all subscriptions together; each command has its own, shorter timeout. */
  private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofMinutes(5);

  /** How much longer than the connect timeout to wait, in case Netty does not enforce it. */
  private static final Duration CONNECT_MARGIN = Duration.ofSeconds(1);

  /** The parts of the client that a session uses. */
  record Client(
      EslClientOptions options,
      EslNetwork network,
      EventLoopGroup loops,
      Supplier<List<EslCommand>> subscriptions,
      BackgroundJobs jobs,
      EventQueue events) {}

  private final Client client;
  private final EslClientOptions options;
  private final CommandPipeline pipeline;
  private final CompletableFuture<Boolean> greeting = new CompletableFuture<>();
  private final CompletableFuture<Boolean> lost = new CompletableFuture<>();

  /**
   * Completes with true when the session has logged in and subscribed, or with false if the
   * connection is lost before that.
   */
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

  /**
   * Returns a future that completes on the event loop when the connection is lost, before the
   * listener is notified.
   */
  CompletableFuture<Boolean> lost() {
    return lost;
  }

  void fail(EslException reason) {
    pipeline.fail(reason);
  }

  /**
   * Connects, logs in and subscribes; blocks until this is done. {@link #begin} must then be called
   * to notify the listener.
   *
   * @param previous the server of the previous session; null for the first session
   * @return the server of this session
   */
  EslPeer open(@Nullable EslPeer previous) throws InterruptedException {
    connect();
    if (!pipeline.await(greeting, "the greeting", options.connectTimeout())) {
      throw new EslAuthenticationException(
          "[" + pipeline.name() + "] FreeSWITCH refused our address");
    }
    logIn();
    EslPeer peer = peer();
    boolean restarted = previous != null && !previous.coreUuid().equals(peer.coreUuid());
    // Queue this task before the first event can arrive, so that the listener is notified of the
    // connection first; the task waits until the subscriptions have succeeded.
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

  /**
   * Notifies the listener that the connection is ready for commands; the listener then receives the
   * connection's events.
   */
  void begin() {
    if (!subscribed.complete(true)) {
      throw new EslClosedException(
          "[" + pipeline.name() + "] the connection was lost while subscribing");
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
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, CommandPipeline.WRITE_BUFFER)
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
                        .addLast(
                            new FrameDecoder(FrameDecoder.Limits.DEFAULT, eventFilter()), pipeline);
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
          "[" + pipeline.name() + "] could not connect within " + options.connectTimeout());
    }
    Throwable cause = connecting.cause();
    if (cause != null) {
      throw new EslConnectException(
          "[" + pipeline.name() + "] could not connect: " + reason(cause), cause);
    }
  }

  /**
   * Passes on the server's host name, if there is one, so that the certificate can be checked
   * against it.
   */
  private SslHandler tls(SslContext ssl, Channel channel) {
    return options.address() instanceof InetSocketAddress internet
        ? ssl.newHandler(channel.alloc(), internet.getHostString(), internet.getPort())
        : ssl.newHandler(channel.alloc());
  }

  /** Returns the configured filter, extended to accept the results of our own background jobs. */
  private EslEventFilter eventFilter() {
    EslEventFilter filter = options.eventFilter();
    return filter == EslEventFilter.ALL
        ? filter
        : event -> event.is("BACKGROUND_JOB") || filter.wants(event);
  }

  /** Returns the reason without netty's function and the address, which the log line names. */
  private static String reason(Throwable cause) {
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return text.replaceFirst("^.*error\\(-?\\d+\\): ", "").replaceFirst(": \\S*/\\S+:\\d+$", "");
  }

  private void logIn() {
    EslCommand login =
        options.user().isEmpty()
            ? new EslCommand.Auth(options.password())
            : new EslCommand.UserAuth(options.user(), options.password());
    if (!pipeline.command(login, options.connectTimeout()).ok()) {
      throw new EslAuthenticationException(
          "[" + pipeline.name() + "] FreeSWITCH refused the password");
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
        throw new EslAuthenticationException(
            "[" + pipeline.name() + "] FreeSWITCH refused an event subscription");
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
        LOG.warn("[{}] ignoring a frame of unknown type {}", pipeline.name(), unknown.type());
      }
    }
  }

  private void event(EslEvent event) {
    if (!client.jobs().complete(event)) {
      options.metrics().event();
      client.events().offer(event, pipeline);
    }
  }

  private void deliver(Runnable task) {
    if (!client.events().offer(task)) {
      options.metrics().overflowed();
      fail(
          new EslOverflowException(
              "[" + pipeline.name() + "] the listener is too slow: its queue is full"));
    }
  }

  @Override
  public void receivedAll() {
    client.events().pauseIfBehind(pipeline);
  }

  @Override
  public void closed(EslException reason) {
    lost.complete(true);
    greeting.completeExceptionally(reason);
    client.jobs().failAll(reason);
    if (!subscribed.complete(false)
        && !client.events().offer(() -> options.listener().lost(reason))) {
      // The queue is full of events that the listener has not processed; the next callback after
      // these will be the one for the reconnect.
      LOG.error(
          "[{}] the connection is lost; the listener is not notified, since its queue is full",
          pipeline.name(),
          reason);
    }
  }
}
