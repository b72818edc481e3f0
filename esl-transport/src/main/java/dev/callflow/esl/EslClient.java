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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of FreeSWITCH's event socket that reconnects automatically until it is closed.
 *
 * <p>The client logs in and subscribes each time it connects. After each loss of the connection, it
 * tries to reconnect, with growing pauses between the attempts. While the connection is down,
 * commands fail immediately; commands in flight fail as soon as the connection drops. Safe for use
 * by any thread; call the blocking methods from virtual threads.
 *
 * <p>Up to 20,000 events wait in a queue for the listener. When the queue is half full, reading
 * pauses for up to {@link EslClientOptions.Builder#maxReadPause}. If the listener has not caught up
 * by then, or if the queue fills up, the connection is closed with an {@link EslOverflowException}
 * and opened again, so that the listener is notified of the gap.
 */
public final class EslClient implements AutoCloseable {

  private static final int MAX_EVENTS_WAITING = 20_000;

  /** The events that each new connection subscribes to. */
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
   * Creates a client; it does not connect until {@link #start} is called.
   *
   * @param options the address, login, event subscriptions and timeouts
   */
  public EslClient(EslClientOptions options) {
    this.options = options;
    name = "esl-client-" + CommandPipeline.addressText(options.address());
    subscription = new AtomicReference<>(new Subscription(options.events(), options.subclasses()));
    EslNetwork network = options.runtime().network(options.address());
    loops = network.loops("esl-client", 1);
    EventQueue events =
        new EventQueue(
            MAX_EVENTS_WAITING, options.maxReadPause(), options.runtime(), options.metrics());
    listeners =
        new ListenerQueue(name + "-listener", events, options.runtime(), options.listener()::event);
    InboundSession.Client session =
        new InboundSession.Client(options, network, loops, this::subscriptions, jobs, events);
    reconnector = new Reconnector(options, () -> new InboundSession(session));
    forApi = options.apiConnection() ? new EslClient(options.forApi()) : null;
  }

  private List<EslCommand> subscriptions() {
    Subscription current = subscription.get();
    List<EslCommand> commands = new ArrayList<>();
    if (!current.events().isEmpty()) {
      commands.add(EslCommand.events(current.events(), current.subclasses()));
    }
    options.logLevel().ifPresent(level -> commands.add(new EslCommand.Log(level)));
    return commands;
  }

  /**
   * Starts connecting, and reconnects after each loss until {@link #close} is called; returns
   * immediately.
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
   * @param timeout the maximum time to wait
   * @return whether the connection is up
   */
  public boolean awaitConnected(Duration timeout) {
    long start = options.runtime().nanoTime();
    return reconnector.awaitUp(timeout)
        && (forApi == null
            || forApi.awaitConnected(timeout.minusNanos(options.runtime().nanoTime() - start)));
  }

  /**
   * Returns why the last attempt to connect failed. Does not block.
   *
   * @return the reason, for instance {@link dev.callflow.esl.error.EslAuthenticationException};
   *     empty if no attempt has ended yet, or the last one succeeded
   */
  public Optional<EslException> connectFailure() {
    return reconnector.failure();
  }

  /**
   * Skips the pause before the next attempt to connect, except for its first 250 ms. Call this when
   * you know that the server is available again. Does nothing while the connection is up; returns
   * immediately.
   */
  public void reconnectNow() {
    reconnector.reconnectNow();
    if (forApi != null) {
      forApi.reconnectNow();
    }
  }

  /**
   * Returns whether the connection is up.
   *
   * @return true if commands can be sent
   */
  public boolean connected() {
    return reconnector.isUp() && (forApi == null || forApi.connected());
  }

  /**
   * Sends a command and waits for its reply, but not longer than the command timeout.
   *
   * @param command the command; must not be {@code api}
   * @return the reply, either {@code +OK} or {@code -ERR}
   * @throws EslException if the connection is down or drops, or no reply arrives in time
   */
  public CommandReply send(EslCommand command) {
    return reconnector.pipeline().command(command, options.commandTimeout());
  }

  /**
   * Sends a command; does not wait.
   *
   * @param command the command; must not be {@code api}
   * @return a future for the reply, completed on a new virtual thread; it fails with an {@link
   *     EslException} if no reply arrives within the command timeout
   */
  public CompletableFuture<CommandReply> sendAsync(EslCommand command) {
    return later(pipeline -> pipeline.commandLater(command, options.commandTimeout()));
  }

  /**
   * Subscribes to additional events, now and after each reconnect.
   *
   * @param names the event names
   * @param customSubclasses the subclasses of CUSTOM events
   * @return FreeSWITCH's reply
   * @throws EslException if the connection is down or drops, or if no reply arrives in time; the
   *     next connection will still subscribe to the events
   */
  public CommandReply subscribe(List<String> names, List<String> customSubclasses) {
    subscription.updateAndGet(now -> now.plus(names, customSubclasses));
    return send(EslCommand.events(names, customSubclasses));
  }

  /**
   * Runs an api command and waits for its output. Meanwhile, FreeSWITCH does nothing else on the
   * connection; for commands that may take a long time, use {@link #bgapi} or {@link
   * EslClientOptions.Builder#apiConnection}.
   *
   * @param command the command's name
   * @param arguments its arguments; may be empty
   * @param timeout the maximum time to wait
   * @return the command's output; {@code -ERR permission denied} if the command is not allowed
   * @throws EslException if the connection is down or drops, or no answer arrives in time
   */
  public String api(String command, String arguments, Duration timeout) {
    return forApi == null
        ? reconnector.pipeline().api(command, arguments, timeout)
        : forApi.api(command, arguments, timeout);
  }

  /**
   * Runs an api command without arguments, as {@link #api(String, String, Duration)} does, and
   * waits for its output no longer than for other commands ({@link
   * EslClientOptions.Builder#commandTimeout}).
   *
   * @param command the command's name, for instance {@code status}
   * @return the command's output
   * @throws EslException if the connection is down or drops, or no answer arrives in time
   */
  public String api(String command) {
    return api(command, "", options.commandTimeout());
  }

  /**
   * Runs an api command; does not wait.
   *
   * @param command the command's name
   * @param arguments its arguments; may be empty
   * @param timeout the time after which the future fails
   * @return a future for the command's output, completed on a new virtual thread; it fails with an
   *     {@link EslException} if no answer arrives in time
   */
  public CompletableFuture<String> apiAsync(String command, String arguments, Duration timeout) {
    return forApi == null
        ? later(pipeline -> pipeline.apiLater(command, arguments, timeout))
        : forApi.apiAsync(command, arguments, timeout);
  }

  /**
   * Runs an api command in the background and waits for its output; other commands can run
   * meanwhile.
   *
   * @param command the command's name
   * @param arguments its arguments; may be empty
   * @param timeout the maximum time to wait
   * @return the command's output
   * @throws EslException if the connection is down or drops, or no result arrives in time
   */
  public String bgapi(String command, String arguments, Duration timeout) {
    return jobs.run(reconnector.pipeline(), command, arguments, timeout);
  }

  /**
   * Runs an api command in the background; does not wait.
   *
   * @param command the command's name
   * @param arguments its arguments; may be empty
   * @param timeout the time after which the future fails
   * @return a future for the command's output, completed on a new virtual thread; it fails with an
   *     {@link EslException} if no result arrives in time
   */
  public CompletableFuture<String> bgapiAsync(String command, String arguments, Duration timeout) {
    return later(pipeline -> jobs.start(pipeline, command, arguments, timeout));
  }

  private <T> CompletableFuture<T> later(Function<CommandPipeline, CompletableFuture<T>> request) {
    try {
      return request.apply(reconnector.pipeline());
    } catch (EslClosedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Closes the client permanently; commands in flight fail. Returns immediately. */
  @Override
  public void close() {
    reconnector.close();
    if (forApi != null) {
      forApi.close();
    }
    listeners.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
