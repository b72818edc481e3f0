package dev.callflow.esl;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.runtime.EslNetwork;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An inbound connection to FreeSWITCH's event socket, kept up for as long as the client is open.
 *
 * <p>Logs in, subscribes, and does both again after each loss, with growing pauses between the
 * attempts. Commands while the connection is down are refused at once; those under way fail at once
 * when it drops. Safe for use by any thread; the blocking methods are meant for virtual threads.
 *
 * <p>Events wait in a queue of 20,000. When the listener is behind by half of it, reading pauses,
 * for {@link EslClientOptions.Builder#maxReadPause} at most; then, or when the queue is full, the
 * connection is given up with an {@link EslOverflowException} and made anew, so that the listener
 * learns of the gap.
 */
public final class EslClient implements AutoCloseable {

  private static final int MAX_EVENTS_WAITING = 20_000;

  /** Events that are subscribed to with each connection. */
  private record Subscription(List<String> events, List<String> subclasses) {

    Subscription plus(List<String> names, List<String> customSubclasses) {
      return new Subscription(union(events, names), union(subclasses, customSubclasses));
    }

    private static List<String> union(List<String> one, List<String> other) {
      Set<String> all = new LinkedHashSet<>(one);
      all.addAll(other);
      return List.copyOf(all);
    }
  }

  private final EslClientOptions options;
  private final String name;
  private final EventLoopGroup loops;
  private final BackgroundJobs jobs = new BackgroundJobs();
  private final ListenerQueue listeners;
  private final Reconnector reconnector;
  private final AtomicReference<Subscription> subscription;
  private final @Nullable EslClient forApi;

  /**
   * Makes a client; it does nothing before {@link #start}.
   *
   * @param options how to connect and what to subscribe to
   */
  public EslClient(EslClientOptions options) {
    this.options = options;
    name = "esl-client-" + CommandPipeline.addressText(options.address());
    subscription = new AtomicReference<>(new Subscription(options.events(), options.subclasses()));
    EslNetwork network = options.runtime().network(options.address());
    loops = network.loops("esl-client", 1);
    listeners =
        new ListenerQueue(
            name + "-listener",
            new ListenerQueue.Limits(MAX_EVENTS_WAITING, options.maxReadPause()),
            options.runtime(),
            options.metrics(),
            options.listener()::event);
    InboundSession.Client session =
        new InboundSession.Client(options, network, loops, this::subscriptions, jobs, listeners);
    reconnector = new Reconnector(options, () -> new InboundSession(session));
    forApi = options.apiConnection() ? new EslClient(options.forApi()) : null;
  }

  private List<EslCommand> subscriptions() {
    Subscription wanted = subscription.get();
    List<EslCommand> commands = new ArrayList<>();
    if (!wanted.events().isEmpty()) {
      commands.add(EslCommand.events(wanted.events(), wanted.subclasses()));
    }
    options.logLevel().ifPresent(level -> commands.add(new EslCommand.Log(level)));
    return commands;
  }

  /**
   * Begins to connect, and keeps the connection up until {@link #close}; returns at once.
   *
   * @return this client
   */
  public EslClient start() {
    listeners.start();
    reconnector.start(name);
    if (forApi != null) {
      forApi.start();
    }
    return this;
  }

  /**
   * Waits until the connection is up.
   *
   * @param timeout how long to wait
   * @return whether it is up
   */
  public boolean awaitConnected(Duration timeout) {
    long start = options.runtime().nanoTime();
    return reconnector.awaitUp(timeout)
        && (forApi == null
            || forApi.awaitConnected(timeout.minusNanos(options.runtime().nanoTime() - start)));
  }

  /**
   * Ends the pause before the next attempt to connect, except for its first quarter of a second:
   * call it when you know that the server is back. Does nothing while the connection is up; returns
   * at once.
   */
  public void reconnectNow() {
    reconnector.reconnectNow();
    if (forApi != null) {
      forApi.reconnectNow();
    }
  }

  /**
   * Tells whether the connection is up now.
   *
   * @return true if commands can be sent
   */
  public boolean connected() {
    return reconnector.isUp() && (forApi == null || forApi.connected());
  }

  /**
   * Sends a command and waits for its reply, for the command timeout at most.
   *
   * @param command the command; not an {@code api}
   * @return the reply, {@code +OK} or {@code -ERR}
   * @throws EslException if there is no connection, it drops, or no answer comes in time
   */
  public CommandReply send(EslCommand command) {
    return reconnector.pipeline().command(command, options.commandTimeout());
  }

  /**
   * Sends a command; does not wait.
   *
   * @param command the command; not an {@code api}
   * @return the reply, on a virtual thread of its own; an {@link EslException} if there is none
   */
  public CompletableFuture<CommandReply> sendAsync(EslCommand command) {
    return later(pipeline -> pipeline.commandLater(command, options.commandTimeout()));
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
    subscription.updateAndGet(now -> now.plus(names, customSubclasses));
    return send(EslCommand.events(names, customSubclasses));
  }

  /**
   * Runs an api command and waits for its output. Nothing else happens on its connection meanwhile:
   * for what may take long use {@link #bgapi}, or {@link EslClientOptions.Builder#apiConnection}.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param timeout how long to wait
   * @return its output; {@code -ERR permission denied} if it is not allowed
   * @throws EslException if there is no connection, it drops, or no answer comes in time
   */
  public String api(String command, String arguments, Duration timeout) {
    return forApi == null
        ? reconnector.pipeline().api(command, arguments, timeout)
        : forApi.api(command, arguments, timeout);
  }

  /**
   * Runs an api command; does not wait.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param timeout how long it may take
   * @return its output, on a virtual thread of its own; an {@link EslException} if there is none
   */
  public CompletableFuture<String> apiAsync(String command, String arguments, Duration timeout) {
    return forApi == null
        ? later(pipeline -> pipeline.apiLater(command, arguments, timeout))
        : forApi.apiAsync(command, arguments, timeout);
  }

  /**
   * Runs an api command in the background and waits for its output; other commands go on meanwhile.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param timeout how long to wait
   * @return its output
   * @throws EslException if there is no connection, it drops, or no result comes in time
   */
  public String bgapi(String command, String arguments, Duration timeout) {
    return jobs.run(reconnector.pipeline(), command, arguments, timeout);
  }

  /**
   * Runs an api command in the background; does not wait.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param timeout how long it may take
   * @return its output, on a virtual thread of its own; an {@link EslException} if there is none
   */
  public CompletableFuture<String> bgapiAsync(String command, String arguments, Duration timeout) {
    return later(pipeline -> jobs.start(pipeline, command, arguments, timeout));
  }

  private <T> CompletableFuture<T> later(Function<CommandPipeline, CompletableFuture<T>> asking) {
    try {
      return asking.apply(reconnector.pipeline());
    } catch (EslClosedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Closes the connection for good; what is under way fails. Returns at once. */
  @Override
  public void close() {
    reconnector.close();
    if (forApi != null) {
      forApi.close();
    }
    listeners.finish(() -> {});
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
