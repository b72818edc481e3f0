package dev.callflow.esl;

import dev.callflow.esl.message.ApiResponse;
import dev.callflow.esl.message.AuthRequest;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.DisconnectNotice;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslMessage;
import dev.callflow.esl.message.LogData;
import dev.callflow.esl.message.RudeRejection;
import dev.callflow.esl.message.UnknownMessage;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An inbound connection to FreeSWITCH's event socket, kept up for as long as the client is open.
 *
 * <p>Logs in, subscribes, and does both again after each loss, with growing pauses between the
 * tries. Commands while the connection is down are refused at once; those under way fail at once
 * when it drops. Safe for use by any thread; the blocking methods are meant for virtual threads.
 *
 * <p>Events wait in a queue of 20,000. When the listener is behind by half of it, reading pauses,
 * for five seconds at most; then, or when the queue is full, the connection is given up with an
 * {@link EslOverflowException} and made anew, so that the listener learns of the gap.
 */
public final class EslClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EslClient.class);

  private static final Ticker NOW = Ticker.systemTicker();
  private static final int MOST_EVENTS_WAITING = 20_000;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

  /** Each command of it has a deadline of its own; there are not so many of them. */
  private static final Duration LONGEST_SUBSCRIBING = Duration.ofMinutes(5);

  private final Builder options;
  private final SocketAddress address;
  private final Duration connectTimeout;
  private final Duration commandTimeout;
  private final EslClientListener listener;
  private final EventLoops kind;
  private final EventLoopGroup loops;
  private final Deliveries deliveries;
  private final @Nullable EslClient forApi;
  private final Map<String, CompletableFuture<String>> jobs = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Semaphore hurry = new Semaphore(0);
  private volatile @Nullable Link ready;
  private volatile CompletableFuture<Boolean> whenReady = new CompletableFuture<>();
  private @Nullable String lastCore;

  private EslClient(Builder builder) {
    options = builder;
    address = builder.address;
    connectTimeout = builder.connectTimeout;
    commandTimeout = builder.commandTimeout;
    listener = builder.listener;
    kind = EventLoops.of(address);
    loops = kind.group("esl-client", 1);
    deliveries =
        new Deliveries(
            "esl-client-" + LinkName.text(address) + "-listener",
            new ArrayBlockingQueue<>(MOST_EVENTS_WAITING),
            builder.longestPause,
            builder.metrics,
            listener::event);
    forApi = builder.apiConnection ? new EslClient(builder.withoutEvents()) : null;
  }

  /**
   * Begins to make a client.
   *
   * @param address where FreeSWITCH listens, usually port 8021; or the Unix socket of a proxy
   * @return a builder
   */
  public static Builder builder(SocketAddress address) {
    return new Builder(address);
  }

  /** Collects what a client is made of. */
  public static final class Builder {

    private final SocketAddress address;
    private String password = "";
    private String user = "";
    private final Set<String> events = new LinkedHashSet<>(Set.of("BACKGROUND_JOB"));
    private final Set<String> subclasses = new LinkedHashSet<>();
    private final List<EslCommand.Filter> filters = new ArrayList<>();
    private EslEventFilter wanted = EslEventFilter.ALL;
    private OptionalInt logLevel = OptionalInt.empty();
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration commandTimeout = Duration.ofSeconds(5);
    private Duration longestSilence = Duration.ofSeconds(30);
    private Duration longestPause = Duration.ofSeconds(5);
    private Duration firstPauseBetween = SHORTEST_PAUSE;
    private Duration longestPauseBetween = Duration.ofSeconds(10);
    private boolean apiConnection;
    private @Nullable SslContext ssl;
    private @Nullable SocketAddress localAddress;
    private EslMetrics metrics = EslMetrics.NONE;
    private EslClientListener listener = new EslClientListener() {};

    private Builder(SocketAddress address) {
      this.address = address;
    }

    private Builder withoutEvents() {
      Builder other = new Builder(address);
      other.password = password;
      other.user = user;
      other.connectTimeout = connectTimeout;
      other.commandTimeout = commandTimeout;
      other.longestSilence = longestSilence;
      other.firstPauseBetween = firstPauseBetween;
      other.longestPauseBetween = longestPauseBetween;
      other.ssl = ssl;
      other.localAddress = localAddress;
      other.metrics = metrics;
      other.events.clear();
      return other;
    }

    /**
     * Sets the password.
     *
     * @param secret the password
     * @return this builder
     */
    public Builder password(String secret) {
      password = secret;
      return this;
    }

    /**
     * Logs in as a user of the directory ({@code userauth}).
     *
     * @param userAtDomain {@code user@domain}
     * @return this builder
     */
    public Builder user(String userAtDomain) {
      user = userAtDomain;
      return this;
    }

    /**
     * Subscribes to events; BACKGROUND_JOB is always among them.
     *
     * @param names names of events
     * @param customSubclasses subclasses of CUSTOM events
     * @return this builder
     */
    public Builder events(List<String> names, List<String> customSubclasses) {
      events.addAll(names);
      subclasses.addAll(customSubclasses);
      return this;
    }

    /**
     * Takes only some of the events that come; the others cost next to nothing.
     *
     * @param filter which ones; all unless set
     * @return this builder
     */
    public Builder only(EslEventFilter filter) {
      wanted = filter;
      return this;
    }

    /**
     * Subscribes to FreeSWITCH's log.
     *
     * @param level 0 (console) to 7 (debug); none unless set
     * @return this builder
     */
    public Builder log(int level) {
      logLevel = OptionalInt.of(level);
      return this;
    }

    /**
     * Lets only matching events through; the results of {@link EslClient#bgapi} pass all the same.
     *
     * @param header a header's name
     * @param value its value
     * @return this builder
     */
    public Builder filter(String header, String value) {
      filters.add(new EslCommand.Filter(header, value));
      return this;
    }

    /**
     * Sets how long connecting and logging in may take.
     *
     * @param longest 5 s unless set
     * @return this builder
     */
    public Builder connectTimeout(Duration longest) {
      connectTimeout = longest;
      return this;
    }

    /**
     * Sets how long an answer may take.
     *
     * @param longest 5 s unless set
     * @return this builder
     */
    public Builder commandTimeout(Duration longest) {
      commandTimeout = longest;
      return this;
    }

    /**
     * Sets after what silence the server is asked whether it is still there; if it does not answer
     * that within the command timeout, the connection is lost.
     *
     * @param longest 30 s unless set
     * @return this builder
     */
    public Builder longestSilence(Duration longest) {
      longestSilence = longest;
      return this;
    }

    /**
     * Sets for how long reading may pause because the listener is behind. FreeSWITCH serves nobody
     * well while somebody does not read, so keep it short.
     *
     * @param longest 5 s unless set
     * @return this builder
     */
    public Builder longestPause(Duration longest) {
      longestPause = longest;
      return this;
    }

    /**
     * Sets the pauses between tries to connect: each is twice the one before, and up to half of it
     * is left out by chance. See {@link EslClient#tryNow}.
     *
     * @param first 250 ms unless set; shorter ones are as long as that
     * @param longest 10 s unless set
     * @return this builder
     */
    public Builder reconnectPauses(Duration first, Duration longest) {
      firstPauseBetween = first;
      longestPauseBetween = longest;
      return this;
    }

    /**
     * Runs {@code api} commands on a connection of their own: FreeSWITCH does nothing else on a
     * connection while one runs, events wait too.
     *
     * @return this builder
     */
    public Builder apiConnection() {
      apiConnection = true;
      return this;
    }

    /**
     * Speaks TLS, to a proxy in front of FreeSWITCH: FreeSWITCH itself does not.
     *
     * @param context how
     * @return this builder
     */
    public Builder ssl(SslContext context) {
      ssl = context;
      return this;
    }

    /**
     * Sets the address to connect from.
     *
     * @param local the address; any unless set
     * @return this builder
     */
    public Builder localAddress(SocketAddress local) {
      localAddress = local;
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
     * Sets who is told what happens.
     *
     * @param told the listener
     * @return this builder
     */
    public Builder listener(EslClientListener told) {
      listener = told;
      return this;
    }

    /**
     * Makes the client; it does nothing before {@link EslClient#start}.
     *
     * @return the client
     */
    public EslClient build() {
      return new EslClient(this);
    }
  }

  /**
   * Begins to connect, and keeps the connection up until {@link #close}; returns at once.
   *
   * @return this client
   */
  public EslClient start() {
    deliveries.start();
    Thread.ofVirtual().name("esl-client-" + LinkName.text(address)).start(this::keepUp);
    if (forApi != null) {
      forApi.start();
    }
    return this;
  }

  /**
   * Waits until the connection is there.
   *
   * @param longest how long
   * @return whether it is
   */
  public boolean awaitConnected(Duration longest) {
    long start = NOW.nanoTime();
    try {
      whenReady.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
      LOG.debug("[{}] is not connected yet", address, e);
    }
    return ready != null
        && (forApi == null || forApi.awaitConnected(longest.minusNanos(NOW.nanoTime() - start)));
  }

  /**
   * Ends the pause before the next try to connect, but for its first quarter of a second: the
   * caller knows that the server is there again. Does nothing while the connection is up; returns
   * at once.
   */
  public void tryNow() {
    if (ready == null) {
      hurry.release();
    }
    if (forApi != null) {
      forApi.tryNow();
    }
  }

  /**
   * Tells whether the connection is there now.
   *
   * @return true if commands can be sent
   */
  public boolean connected() {
    return ready != null && (forApi == null || forApi.connected());
  }

  /**
   * Sends a command that is answered by a reply, and waits for it for the usual time.
   *
   * @param command the command; not an {@code api}
   * @return the reply, be it {@code +OK} or {@code -ERR}
   * @throws EslException if there is no connection, it drops, or no answer comes in time
   */
  public CommandReply send(EslCommand command) {
    Link link = link();
    return reply(link, link.ask(command, commandTimeout));
  }

  /**
   * Sends a command that is answered by a reply; does not wait.
   *
   * @param command the command; not an {@code api}
   * @return the reply, on a virtual thread of its own; an {@link EslException} if there is none
   */
  public CompletableFuture<CommandReply> sendAsync(EslCommand command) {
    return later(link -> link.askLater(command, commandTimeout).thenApply(it -> reply(link, it)));
  }

  private static CommandReply reply(Link link, EslMessage answer) {
    if (answer instanceof CommandReply reply) {
      return reply;
    }
    throw new EslProtocolException("[" + link.name() + "] an answer of another kind");
  }

  /**
   * Subscribes to more events, now and after each reconnect.
   *
   * @param names names of events
   * @param customSubclasses subclasses of CUSTOM events
   * @return FreeSWITCH's reply
   * @throws EslException if there is no connection, it drops, or no answer comes in time; the
   *     events are subscribed to with the next connection then
   */
  public CommandReply subscribe(List<String> names, List<String> customSubclasses) {
    synchronized (options) {
      options.events(names, customSubclasses);
    }
    return send(EslCommand.events(names, customSubclasses));
  }

  /**
   * Runs an api command and waits for its output. Nothing else happens on its connection meanwhile:
   * for what may take long use {@link #bgapi}, or {@link Builder#apiConnection}.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param longest how long to wait
   * @return its output; {@code -ERR permission denied} if it is not allowed
   * @throws EslException if there is no connection, it drops, or no answer comes in time
   */
  public String api(String command, String arguments, Duration longest) {
    return forApi != null
        ? forApi.api(command, arguments, longest)
        : text(link().ask(new EslCommand.Api(command, arguments), longest));
  }

  /**
   * Runs an api command; does not wait.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param longest how long it may take
   * @return its output, on a virtual thread of its own; an {@link EslException} if there is none
   */
  public CompletableFuture<String> apiAsync(String command, String arguments, Duration longest) {
    return forApi != null
        ? forApi.apiAsync(command, arguments, longest)
        : later(link ->
            link.askLater(new EslCommand.Api(command, arguments), longest)
                .thenApply(EslClient::text));
  }

  /**
   * Runs an api command in the background and waits for its output; other commands go on meanwhile.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param longest how long to wait
   * @return its output
   * @throws EslException if there is no connection, it drops, or no result comes in time
   */
  public String bgapi(String command, String arguments, Duration longest) {
    Link link = link();
    return link.await(job(link, command, arguments, longest), "bgapi " + command, longest);
  }

  /**
   * Runs an api command in the background; does not wait.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param longest how long it may take
   * @return its output, on a virtual thread of its own; an {@link EslException} if there is none
   */
  public CompletableFuture<String> bgapiAsync(String command, String arguments, Duration longest) {
    return later(link -> job(link, command, arguments, longest));
  }

  private CompletableFuture<String> job(
      Link link, String command, String arguments, Duration longest) {
    String job = UUID.randomUUID().toString();
    CompletableFuture<String> result = new CompletableFuture<>();
    // Before the command is written: the result may overtake the reply (section 6.2).
    jobs.put(job, result);
    link.send(new EslCommand.BgApi(command, arguments, job))
        .whenComplete((answer, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else if (answer instanceof CommandReply reply && !reply.ok()) {
            result.complete(reply.text());
          }
        });
    result.whenComplete((output, failure) -> jobs.remove(job));
    return link.later(result, "bgapi " + command, longest);
  }

  private <T> CompletableFuture<T> later(Function<Link, CompletableFuture<T>> asking) {
    try {
      return asking.apply(link());
    } catch (EslClosedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Closes the connection for good; what is under way fails. Returns at once. */
  @Override
  public void close() {
    closing.countDown();
    hurry.release();
    if (forApi != null) {
      forApi.close();
    }
    Link link = ready;
    if (link != null) {
      link.close();
    }
    deliveries.finish(() -> {});
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private Link link() {
    Link link = ready;
    if (link == null) {
      throw new EslClosedException("[esl " + LinkName.text(address) + "] is not connected");
    }
    return link;
  }

  private static String text(EslMessage answer) {
    return switch (answer) {
      case ApiResponse response -> response.body();
      case CommandReply reply -> reply.text();
      case AuthRequest other -> "";
      case EslEvent other -> "";
      case LogData other -> "";
      case DisconnectNotice other -> "";
      case RudeRejection other -> "";
      case UnknownMessage other -> "";
    };
  }

  // ---- keeping the connection up, on a thread of its own

  private void keepUp() {
    Duration pause = options.firstPauseBetween;
    try {
      while (closing.getCount() > 0) {
        Session session = new Session();
        try {
          session.open();
          pause = options.firstPauseBetween;
          // For as long as the connection lasts; the link watches over that.
          session.closed.await();
        } catch (EslException e) {
          LOG.warn("{}", e.getMessage());
          session.link.fail(e);
        }
        if (closing.await(jitter(SHORTEST_PAUSE).toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        if (pause.compareTo(SHORTEST_PAUSE) > 0) {
          hurry.tryAcquire(jitter(pause.minus(SHORTEST_PAUSE)).toMillis(), TimeUnit.MILLISECONDS);
        }
        hurry.drainPermits();
        Duration twice = pause.multipliedBy(2);
        pause =
            twice.compareTo(options.longestPauseBetween) < 0 ? twice : options.longestPauseBetween;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Clients that have lost the same server must not all come back at once. */
  private static Duration jitter(Duration pause) {
    return Duration.ofMillis(
        ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis() + 1));
  }

  /** One connection, from connecting to its loss. */
  private final class Session implements Link.Owner {

    private final Link link =
        new Link(
            LinkName.of("inbound", address), EslMetrics.Direction.INBOUND, options.metrics, this);
    private final CompletableFuture<Boolean> greeting = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Whether it is logged in and subscribed, or was lost before. */
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();

    void open() throws InterruptedException {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loops)
              .channel(kind.client())
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
              .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Link.MOST_UNREAD)
              .handler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      if (options.ssl != null) {
                        channel.pipeline().addLast(tls(options.ssl, channel));
                      }
                      channel
                          .pipeline()
                          .addLast(new FrameDecoder(FrameLimits.DEFAULT, wanted()), link);
                    }
                  });
      if (kind.isTcp()) {
        bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
      }
      var connecting =
          options.localAddress == null
              ? bootstrap.connect(address)
              : bootstrap.connect(address, options.localAddress);
      if (!connecting.await(connectTimeout.toMillis() + 1000) || !connecting.isSuccess()) {
        throw new EslConnectException("[" + link.name() + "] no connection", causeOf(connecting));
      }
      if (!link.await(greeting, "the greeting", connectTimeout)) {
        throw new EslAuthenticationException("[" + link.name() + "] our address is refused");
      }
      logIn();
      EslPeer peer = peer();
      boolean another = lastCore != null && !lastCore.equals(peer.coreUuid());
      lastCore = peer.coreUuid();
      // Queued before the first event can come; told when there is nothing more that can fail.
      deliver(() -> {
        if (link.await(up, "the subscriptions", LONGEST_SUBSCRIBING)) {
          if (another) {
            listener.restarted(peer);
          }
          listener.connected(peer);
        }
      });
      subscribe();
      ready = link;
      if (!up.complete(true)) {
        ready = null;
        throw new EslClosedException("[" + link.name() + "] lost while subscribing");
      }
      whenReady.complete(true);
      link.later(Duration.ZERO, () -> link.watch(options.longestSilence, commandTimeout));
      LOG.info("[{}] connected to {}", link.name(), peer.version());
    }

    private static Throwable causeOf(io.netty.channel.ChannelFuture connecting) {
      return connecting.cause() != null
          ? connecting.cause()
          : new EslTimeoutException("connecting took too long");
    }

    /** With the server's name, where it has one: its certificate must be for that. */
    private SslHandler tls(SslContext ssl, Channel channel) {
      return address instanceof InetSocketAddress internet
          ? ssl.newHandler(channel.alloc(), internet.getHostString(), internet.getPort())
          : ssl.newHandler(channel.alloc());
    }

    /** The results of our own jobs are always wanted. */
    private EslEventFilter wanted() {
      return options.wanted == EslEventFilter.ALL
          ? EslEventFilter.ALL
          : event -> event.is("BACKGROUND_JOB") || options.wanted.wants(event);
    }

    private void logIn() {
      EslCommand login =
          options.user.isEmpty()
              ? new EslCommand.Auth(options.password)
              : new EslCommand.UserAuth(options.user, options.password);
      if (!(link.ask(login, connectTimeout) instanceof CommandReply reply && reply.ok())) {
        throw new EslAuthenticationException("[" + link.name() + "] the password is refused");
      }
    }

    private void subscribe() {
      for (EslCommand.Filter filter : options.filters) {
        link.ask(filter, commandTimeout);
      }
      if (!options.filters.isEmpty()) {
        link.ask(new EslCommand.Filter("Event-Name", "BACKGROUND_JOB"), commandTimeout);
      }
      List<EslCommand> subscriptions = new ArrayList<>();
      synchronized (options) {
        if (!options.events.isEmpty()) {
          subscriptions.add(
              EslCommand.events(List.copyOf(options.events), List.copyOf(options.subclasses)));
        }
      }
      options.logLevel.ifPresent(level -> subscriptions.add(new EslCommand.Log(level)));
      for (EslCommand subscription : subscriptions) {
        if (!reply(link, link.ask(subscription, commandTimeout)).ok()) {
          throw new EslAuthenticationException("[" + link.name() + "] events are refused");
        }
      }
    }

    private EslPeer peer() {
      return new EslPeer(
          ask("global_getvar", "core_uuid"), ask("version", ""), ask("hostname", ""));
    }

    private String ask(String command, String arguments) {
      return text(link.ask(new EslCommand.Api(command, arguments), commandTimeout)).strip();
    }

    @Override
    public void opened() {}

    @Override
    public void received(EslMessage message) {
      switch (message) {
        case AuthRequest greet -> greeting.complete(true);
        case RudeRejection rejection -> greeting.complete(false);
        case EslEvent event -> event(event);
        case DisconnectNotice notice ->
            LOG.info("[{}] {}", link.name(), notice.text().strip().replace('\n', ' '));
        case LogData line -> deliver(() -> listener.log(line));
        case UnknownMessage unknown -> {
          options.metrics.unknownFrame();
          LOG.warn("[{}] a frame of type {}", link.name(), unknown.type());
        }
        case CommandReply reply -> {}
        case ApiResponse response -> {}
      }
    }

    private void event(EslEvent event) {
      if (event.is("BACKGROUND_JOB")) {
        CompletableFuture<String> job = jobs.get(event.header("Job-UUID").orElse(""));
        if (job != null) {
          job.complete(event.body());
          return;
        }
      }
      options.metrics.event();
      deliveries.offer(event, link);
    }

    private void deliver(Runnable news) {
      if (!deliveries.offer(news)) {
        options.metrics.overflowed();
        link.fail(new EslOverflowException("[" + link.name() + "] the listener is too slow"));
      }
    }

    @Override
    public void receivedAll() {
      deliveries.pauseIfBehind(link);
    }

    @Override
    public void closed(EslException why) {
      if (ready == link) {
        ready = null;
        whenReady = new CompletableFuture<>();
      }
      greeting.completeExceptionally(why);
      jobs.values().forEach(job -> job.completeExceptionally(why));
      if (!up.complete(false) && !deliveries.offer(() -> listener.lost(why))) {
        // The queue is full of events that the listener has still to see; it learns of the loss
        // when the connection is back.
        LOG.error("[{}] lost, and the listener is too slow to be told", link.name(), why);
      }
      closed.countDown();
    }
  }
}
