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
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

  private static final int MOST_EVENTS_WAITING = 20_000;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(10);

  private final InetSocketAddress address;
  private final String password;
  private final String user;
  private final List<String> events;
  private final List<String> subclasses;
  private final List<EslCommand.Filter> filters;
  private final Duration connectTimeout;
  private final Duration commandTimeout;
  private final EslClientListener listener;
  private final EventLoopGroup loops = EventLoops.group("esl-client", 1);
  private final Deliveries deliveries;
  private final Map<String, CompletableFuture<String>> jobs = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Link ready;
  private volatile CompletableFuture<Boolean> whenReady = new CompletableFuture<>();
  private @Nullable String lastCore;

  private EslClient(Builder builder) {
    address = builder.address;
    password = builder.password;
    user = builder.user;
    List<String> names = new ArrayList<>(builder.events);
    names.add("BACKGROUND_JOB");
    events = List.copyOf(names);
    subclasses = List.copyOf(builder.subclasses);
    filters = List.copyOf(builder.filters);
    connectTimeout = builder.connectTimeout;
    commandTimeout = builder.commandTimeout;
    listener = builder.listener;
    deliveries =
        new Deliveries("esl-client-" + address.getPort() + "-listener", MOST_EVENTS_WAITING);
  }

  /**
   * Begins to make a client.
   *
   * @param address where FreeSWITCH listens, usually port 8021
   * @return a builder
   */
  public static Builder builder(InetSocketAddress address) {
    return new Builder(address);
  }

  /** Collects what a client is made of. */
  public static final class Builder {

    private final InetSocketAddress address;
    private String password = "";
    private String user = "";
    private List<String> events = List.of();
    private List<String> subclasses = List.of();
    private final List<EslCommand.Filter> filters = new ArrayList<>();
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration commandTimeout = Duration.ofSeconds(5);
    private EslClientListener listener = new EslClientListener() {};

    private Builder(InetSocketAddress address) {
      this.address = address;
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
      events = List.copyOf(names);
      subclasses = List.copyOf(customSubclasses);
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
    Thread.ofVirtual().name("esl-client-" + address.getPort()).start(this::keepUp);
    return this;
  }

  /**
   * Waits until the connection is there.
   *
   * @param longest how long
   * @return whether it is
   */
  public boolean awaitConnected(Duration longest) {
    try {
      whenReady.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
      LOG.debug("[{}] is not connected yet", address, e);
    }
    return connected();
  }

  /**
   * Tells whether the connection is there now.
   *
   * @return true if commands can be sent
   */
  public boolean connected() {
    return ready != null;
  }

  /**
   * Sends a command that is answered by a reply, and waits for it for the usual time.
   *
   * @param command the command; not an {@code api}
   * @return the reply, be it {@code +OK} or {@code -ERR}
   * @throws EslException if there is no connection, it drops, or no answer comes in time
   */
  public CommandReply send(EslCommand command) {
    EslMessage answer = link().ask(command, commandTimeout);
    if (answer instanceof CommandReply reply) {
      return reply;
    }
    throw new EslProtocolException("[" + link().name() + "] an answer of another kind");
  }

  /**
   * Runs an api command and waits for its output. Nothing else happens on this connection
   * meanwhile: for what may take long use {@link #bgapi}.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param longest how long to wait
   * @return its output; {@code -ERR permission denied} if it is not allowed
   * @throws EslException if there is no connection, it drops, or no answer comes in time
   */
  public String api(String command, String arguments, Duration longest) {
    return text(link().ask(new EslCommand.Api(command, arguments), longest));
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
    String job = UUID.randomUUID().toString();
    CompletableFuture<String> result = new CompletableFuture<>();
    // Before the command is written: the result may overtake the reply (section 6.2).
    jobs.put(job, result);
    try {
      EslMessage reply = link.ask(new EslCommand.BgApi(command, arguments, job), longest);
      if (reply instanceof CommandReply taken && !taken.ok()) {
        return taken.text();
      }
      return link.await(result, "bgapi " + command, longest);
    } finally {
      jobs.remove(job);
    }
  }

  /** Closes the connection for good; what is under way fails. Returns at once. */
  @Override
  public void close() {
    closing.countDown();
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
      throw new EslClosedException("[esl " + address + "] is not connected");
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
    Duration pause = FIRST_PAUSE;
    try {
      while (closing.getCount() > 0) {
        Session session = new Session();
        try {
          session.open();
          pause = FIRST_PAUSE;
          session.untilClosed();
        } catch (EslException e) {
          LOG.warn("{}", e.getMessage());
          session.link.fail(e);
        }
        if (closing.await(jitter(pause).toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        pause =
            pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
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

    private final Link link = new Link(LinkName.of("inbound", address), this);
    private final CompletableFuture<Boolean> greeting = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean told;

    void open() throws InterruptedException {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loops)
              .channel(EventLoops.client())
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.SO_KEEPALIVE, true)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
              .handler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel.pipeline().addLast(new FrameDecoder(FrameLimits.DEFAULT), link);
                    }
                  });
      var connecting = bootstrap.connect(address);
      if (!connecting.await(connectTimeout.toMillis() + 1000) || !connecting.isSuccess()) {
        throw new EslConnectException("[" + link.name() + "] no connection", causeOf(connecting));
      }
      if (!link.await(greeting, "the greeting", connectTimeout)) {
        throw new EslAuthenticationException("[" + link.name() + "] our address is refused");
      }
      logIn();
      subscribe();
      EslPeer peer = peer();
      boolean another = lastCore != null && !lastCore.equals(peer.coreUuid());
      lastCore = peer.coreUuid();
      told = true;
      deliver(() -> {
        if (another) {
          listener.restarted(peer);
        }
        listener.connected(peer);
      });
      ready = link;
      whenReady.complete(true);
      LOG.info("[{}] connected to {}", link.name(), peer.version());
    }

    private static Throwable causeOf(io.netty.channel.ChannelFuture connecting) {
      return connecting.cause() != null
          ? connecting.cause()
          : new EslTimeoutException("connecting took too long");
    }

    private void logIn() {
      EslCommand login =
          user.isEmpty() ? new EslCommand.Auth(password) : new EslCommand.UserAuth(user, password);
      if (!(link.ask(login, connectTimeout) instanceof CommandReply reply && reply.ok())) {
        throw new EslAuthenticationException("[" + link.name() + "] the password is refused");
      }
    }

    private void subscribe() {
      for (EslCommand.Filter filter : filters) {
        link.ask(filter, commandTimeout);
      }
      if (!filters.isEmpty()) {
        link.ask(new EslCommand.Filter("Event-Name", "BACKGROUND_JOB"), commandTimeout);
      }
      EslMessage reply = link.ask(EslCommand.events(events, subclasses), commandTimeout);
      if (!(reply instanceof CommandReply answer && answer.ok())) {
        throw new EslAuthenticationException("[" + link.name() + "] events are refused");
      }
    }

    private EslPeer peer() {
      return new EslPeer(
          ask("global_getvar", "core_uuid"), ask("version", ""), ask("hostname", ""));
    }

    private String ask(String command, String arguments) {
      return text(link.ask(new EslCommand.Api(command, arguments), commandTimeout)).strip();
    }

    void untilClosed() throws InterruptedException {
      while (!closed.await(1, TimeUnit.MINUTES)) {
        LOG.trace("[{}] still connected", link.name());
      }
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
        case LogData line -> LOG.debug("[{}] {}", link.name(), line.text().strip());
        case UnknownMessage unknown ->
            LOG.warn("[{}] a frame of type {}", link.name(), unknown.type());
        case CommandReply reply -> {}
        case ApiResponse response -> {}
      }
    }

    private void event(EslEvent event) {
      if (event.name().equals("BACKGROUND_JOB")) {
        CompletableFuture<String> job = jobs.remove(event.header("Job-UUID").orElse(""));
        if (job != null) {
          job.complete(event.body());
          return;
        }
      }
      deliver(() -> listener.event(event));
    }

    private void deliver(Runnable delivery) {
      Runnable resuming =
          () -> {
            delivery.run();
            if (!link.isReading() && deliveries.isNearlyEmpty()) {
              link.reading(true);
            }
          };
      if (!deliveries.offer(resuming)) {
        link.fail(new EslOverflowException("[" + link.name() + "] the listener is too slow"));
      } else if (link.isReading() && deliveries.isHalfFull()) {
        link.reading(false);
        link.later(
            LONGEST_PAUSE,
            () -> {
              if (!link.isReading()) {
                link.fail(
                    new EslOverflowException("[" + link.name() + "] the listener is too slow"));
              }
            });
      }
    }

    @Override
    public void closed(EslException why) {
      if (ready == link) {
        ready = null;
        whenReady = new CompletableFuture<>();
      }
      greeting.completeExceptionally(why);
      jobs.values().forEach(job -> job.completeExceptionally(why));
      jobs.clear();
      if (told && !deliveries.offer(() -> listener.lost(why))) {
        // The queue is full of events that the listener has still to see; it learns of the loss
        // when the connection is back.
        LOG.error("[{}] lost, and the listener is too slow to be told", link.name(), why);
      }
      closed.countDown();
    }
  }
}
