package dev.callflow.esl;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.error.EslProtocolException;
import dev.callflow.esl.error.EslTimeoutException;
import dev.callflow.esl.message.ApiResponse;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.EslAnswer;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslMessage;
import dev.callflow.esl.message.EslNotification;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.esl.runtime.EslRuntime;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Matches answers to commands by their order; command replies and api responses
 * share one queue.
 *
 * <p>A command that has timed out keeps its place in the queue until its late answer arrives. All
 * commands in flight fail as soon as the connection closes.
 */
final class CommandPipeline extends SimpleChannelInboundHandler<EslMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(CommandPipeline.class);

  /**
   * The maximum number of unanswered commands; further ones are refused. FreeSWITCH itself queues
   * only 256 commands for each session.
   */
  private static final int MAX_UNANSWERED = 10_000;

  /**
   * The limits on the bytes that wait to be sent to a slow peer. The upper limit leaves room for
   * two of the largest bodies that FreeSWITCH accepts.
   */
  static final WriteBufferWaterMark WRITE_BUFFER = new WriteBufferWaterMark(16 << 20, 32 << 20);

  /** What {@link #later(Duration, Runnable)} returns if there is nothing to cancel. */
  static final Future<?> DONE = CompletableFuture.completedFuture(null);

  /** Receives the connection's events on the event loop; must not block. */
  interface Owner {
    void opened();

    void received(EslNotification notification);

    default void receivedAll() {}

    void closed(EslException reason);
  }

  /**
   * A command that is waiting for its answer. The metrics count either its answer or its failure,
   * never both.
   *
   * @param timeout the maximum time to wait
   * @param expires whether the command fails when that time is over
   */
  private record PendingCommand(
      String command,
      long sent,
      Duration timeout,
      boolean expires,
      CompletableFuture<EslAnswer> answer,
      EslMetrics metrics) {

    boolean canExpire() {
      return expires && !answer.isDone();
    }

    long deadline() {
      return sent + timeout.toNanos();
    }

    void answered(EslAnswer answered, long now) {
      if (answer.complete(answered)) {
        metrics.answered(command, Duration.ofNanos(now - sent));
      }
    }

    void fail(EslException reason) {
      if (answer.completeExceptionally(reason)) {
        metrics.unanswered(command);
      }
    }
  }

  /** A command on its way to the event loop. */
  private record Outgoing(PendingCommand command, byte[] bytes) {}

  private static final AtomicLong NUMBER = new AtomicLong();

  private final String name;
  private final EslRuntime runtime;
  private final EslMetrics.Direction direction;
  private final EslMetrics metrics;
  private final Owner owner;
  private final Queue<Outgoing> outgoing = new ConcurrentLinkedQueue<>();

  /** The number of outgoing commands; the event loop has been woken if it is not zero. */
  private final AtomicInteger waiting = new AtomicInteger();

  private final Queue<PendingCommand> unanswered = new ArrayDeque<>(4);
  private volatile @Nullable Channel channel;
  private @Nullable EslException failure;
  private boolean closed;
  private Future<?> watch = DONE;

  /**
   * The timer for commands that are not answered in time. It stays when a command is answered, so
   * that hardly any command needs a timer of its own.
   */
  private Future<?> expiry = DONE;

  private long expiryAt;
  private volatile long lastReceived;

  /** Until this time, silence is normal: a long {@code api} command may still be running. */
  private volatile long busyUntil;

  CommandPipeline(
      @Nullable SocketAddress peer,
      EslMetrics.Direction direction,
      EslRuntime runtime,
      EslMetrics metrics,
      Owner owner) {
    this.name =
        String.format(
            Locale.ROOT,
            "esl %d %s %s",
            NUMBER.incrementAndGet(),
            direction.name().toLowerCase(Locale.ROOT),
            addressText(peer));
    this.runtime = runtime;
    this.direction = direction;
    this.metrics = metrics;
    this.owner = owner;
    this.lastReceived = runtime.nanoTime();
    this.busyUntil = lastReceived;
  }

  static String addressText(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? internet.getHostString() + ":" + internet.getPort()
        : String.valueOf(address);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    LOG.debug("[{}] connection opened", name);
    metrics.opened(direction);
    owner.opened();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, EslMessage message) {
    LOG.trace("[{}] received {}", name, message);
    switch (message) {
      // Most of the traffic consists of events, so this case comes first.
      case EslNotification notification -> owner.received(notification);
      case EslAnswer answer -> answered(answer);
    }
  }

  private void answered(EslAnswer answer) {
    PendingCommand pending = unanswered.poll();
    if (pending == null) {
      metrics.strayAnswer();
      LOG.warn("[{}] ignoring an answer that belongs to no command", name);
      return;
    }
    pending.answered(answer, runtime.nanoTime());
    if (unanswered.isEmpty()) {
      busyUntil = runtime.nanoTime();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    lastReceived = runtime.nanoTime();
    owner.receivedAll();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (closed) {
      return;
    }
    closed = true;
    watch.cancel(false);
    expiry.cancel(false);
    EslException reason =
        failure != null
            ? failure
            : new EslClosedException("[" + name + "] the peer closed the connection");
    for (PendingCommand pending = unanswered.poll(); pending != null; pending = unanswered.poll()) {
      pending.fail(reason);
    }
    metrics.closed(direction);
    LOG.debug("[{}] closed: {}", name, reason.getMessage());
    owner.closed(reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable reason =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    failure =
        reason instanceof EslException known
            ? known
            : new EslClosedException("[" + name + "] the connection failed", reason);
    context.close();
  }

  /**
   * Closes the connection for the given reason. If the connection has already failed, the earlier
   * reason is kept.
   */
  void fail(EslException reason) {
    Channel open = channel;
    if (open != null) {
      open.eventLoop()
          .execute(() -> {
            if (failure == null) {
              failure = reason;
            }
            open.close();
          });
    }
  }

  void close() {
    fail(new EslClosedException("[" + name + "] we closed the connection"));
  }

  /**
   * Resumes or pauses reading; a long pause would slow down the server
   * (docs/spec/event-socket.md#pausing).
   */
  void reading(boolean on) {
    Channel open = channel;
    if (open != null) {
      open.config().setAutoRead(on);
    }
  }

  boolean isReading() {
    Channel open = channel;
    return open == null || open.config().isAutoRead();
  }

  /** Runs a task on the event loop after a delay, unless the returned future is cancelled first. */
  Future<?> later(Duration delay, Runnable task) {
    Channel open = channel;
    return open != null && !open.eventLoop().isShuttingDown()
        ? open.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS)
        : DONE;
  }

  /** Sends a command without a timeout; the answer completes the future on the event loop. */
  CompletableFuture<EslAnswer> send(EslCommand command) {
    return write(command, Duration.ZERO, false).answer();
  }

  /** Sends a command and waits for its answer. */
  EslAnswer ask(EslCommand command, Duration timeout) {
    PendingCommand pending = write(command, timeout, true);
    if (isEventLoop()) {
      // The event loop cannot wait for its own timer.
      return await(pending.answer(), pending.command(), timeout);
    }
    return result(pending.answer(), pending.command(), runtime::await);
  }

  private boolean isEventLoop() {
    Channel open = channel;
    return open != null && open.eventLoop().inEventLoop();
  }

  /** Sends a command; its answer or a timeout completes the future on a virtual thread. */
  CompletableFuture<EslAnswer> askLater(EslCommand command, Duration timeout) {
    return onThread(write(command, timeout, true).answer());
  }

  CommandReply command(EslCommand command, Duration timeout) {
    return reply(ask(command, timeout));
  }

  CompletableFuture<CommandReply> commandLater(EslCommand command, Duration timeout) {
    return askLater(command, timeout).thenApply(this::reply);
  }

  private CommandReply reply(EslAnswer answer) {
    return switch (answer) {
      case CommandReply reply -> reply;
      case ApiResponse response ->
          throw new EslProtocolException(
              "[" + name + "] received an api response to a command other than api");
    };
  }

  /** Runs an api command and waits for its output. */
  String api(String command, String arguments, Duration timeout) {
    return output(ask(new EslCommand.Api(command, arguments), timeout));
  }

  CompletableFuture<String> apiLater(String command, String arguments, Duration timeout) {
    return askLater(new EslCommand.Api(command, arguments), timeout)
        .thenApply(CommandPipeline::output);
  }

  /** If FreeSWITCH refuses an api command, it answers with a command reply. */
  private static String output(EslAnswer answer) {
    return switch (answer) {
      case ApiResponse response -> response.body();
      case CommandReply reply -> reply.text();
    };
  }

  /**
   * Returns a future that is completed on a virtual thread, either by the result or by a timeout.
   */
  <T> CompletableFuture<T> later(CompletableFuture<T> result, String what, Duration timeout) {
    Future<?> timer = later(timeout, () -> result.completeExceptionally(late(what, timeout)));
    result.whenComplete((answer, failure) -> timer.cancel(false));
    return onThread(result);
  }

  private EslTimeoutException late(String what, Duration timeout) {
    return new EslTimeoutException("[%s] no answer to %s within %s".formatted(name, what, timeout));
  }

  /** Lets the code that the caller chains to a result run elsewhere than on the event loop. */
  private <T> CompletableFuture<T> onThread(CompletableFuture<T> result) {
    return result.handleAsync(
        (answer, failure) -> {
          if (failure == null) {
            return answer;
          }
          throw failure instanceof EslException known
              ? known
              : new EslClosedException("[" + name + "] the request failed", failure);
        },
        task -> runtime.start(name + " answer", task));
  }

  private PendingCommand write(EslCommand command, Duration timeout, boolean expires) {
    PendingCommand pending =
        new PendingCommand(
            CommandKind.of(command),
            runtime.nanoTime(),
            timeout,
            expires,
            new CompletableFuture<>(),
            metrics);
    Outgoing next = new Outgoing(pending, command.render());
    Channel open = channel;
    if (open == null || !open.isActive()) {
      pending.fail(new EslClosedException("[" + name + "] the connection is not open"));
    } else if (waiting.get() >= MAX_UNANSWERED) {
      pending.fail(overflow());
    } else {
      LOG.trace("[{}] sending {}", name, command);
      outgoing.add(next);
      if (waiting.getAndIncrement() == 0) {
        leave(open);
      }
    }
    return pending;
  }

  private EslOverflowException overflow() {
    return new EslOverflowException("[" + name + "] too many commands are waiting for an answer");
  }

  /** Wakes the event loop, which writes all outgoing commands and flushes once. */
  private void leave(Channel open) {
    try {
      open.eventLoop()
          .execute(() -> {
            int written = forEachOutgoing(next -> write(open, next));
            open.flush();
            left(open, written);
          });
    } catch (RejectedExecutionException e) {
      EslException reason =
          new EslClosedException("[" + name + "] the client or server is closed", e);
      left(open, forEachOutgoing(next -> next.command().fail(reason)));
    }
  }

  private int forEachOutgoing(Consumer<Outgoing> action) {
    int count = waiting.get();
    for (int i = 0; i < count; i++) {
      action.accept(outgoing.remove());
    }
    return count;
  }

  private void left(Channel open, int count) {
    if (waiting.addAndGet(-count) > 0) {
      leave(open);
    }
  }

  private void write(Channel open, Outgoing next) {
    PendingCommand pending = next.command();
    if (closed || !open.isActive()) {
      pending.fail(new EslClosedException("[" + name + "] the connection is not open"));
    } else if (unanswered.size() >= MAX_UNANSWERED || !open.isWritable()) {
      pending.fail(overflow());
    } else {
      unanswered.add(pending);
      if (pending.deadline() - busyUntil > 0) {
        busyUntil = pending.deadline();
      }
      if (pending.canExpire()) {
        expireAt(pending.deadline());
      }
      open.write(Unpooled.wrappedBuffer(next.bytes()), open.voidPromise());
    }
  }

  private void expireAt(long deadline) {
    if (expiry.isDone() || deadline - expiryAt < 0) {
      expiry.cancel(false);
      expiryAt = deadline;
      expiry = later(Duration.ofNanos(deadline - runtime.nanoTime()), this::expire);
    }
  }

  /** Fails the commands whose time is over; they keep their places in the queue. */
  private void expire() {
    expiry = CompletableFuture.completedFuture(null);
    long now = runtime.nanoTime();
    for (PendingCommand pending : unanswered) {
      if (pending.canExpire() && pending.deadline() - now <= 0) {
        pending.fail(late(pending.command(), pending.timeout()));
      } else if (pending.canExpire()) {
        expireAt(pending.deadline());
      }
    }
  }

  /**
   * Monitors the connection: probes the peer if it sends nothing while no answer is outstanding,
   * and closes the connection if the peer does not answer the probe in time. Called on the event
   * loop.
   */
  void watch(Duration idleTimeout, Duration answerTimeout) {
    watch = later(idleTimeout.dividedBy(2), () -> probeIfIdle(idleTimeout, answerTimeout));
  }

  private void probeIfIdle(Duration idleTimeout, Duration answerTimeout) {
    long now = runtime.nanoTime();
    if (now - busyUntil >= 0 && now - lastReceived > idleTimeout.toNanos()) {
      // FreeSWITCH immediately answers this unknown command with an error; it has no side effects
      // (docs/spec/event-socket.md#liveness).
      write(new EslCommand.Noop(), answerTimeout, true)
          .answer()
          .whenComplete((answer, failure) -> {
            if (failure instanceof EslTimeoutException) {
              fail(
                  new EslTimeoutException(
                      "[%s] received no data for %s, and no answer to a probe within %s"
                          .formatted(name, idleTimeout, answerTimeout)));
            }
          });
    }
    watch(idleTimeout, answerTimeout);
  }

  /** Waits for a future that completes on the event loop. */
  <T> T await(CompletableFuture<T> future, String what, Duration timeout) {
    return result(
        future,
        what,
        waited -> {
          if (!runtime.await(waited, timeout)) {
            throw late(what, timeout);
          }
        });
  }

  private interface Waiting {
    void until(CompletableFuture<?> done) throws InterruptedException;
  }

  private <T> T result(CompletableFuture<T> future, String what, Waiting waiting) {
    try {
      waiting.until(future);
      return future.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EslClosedException("[" + name + "] interrupted while waiting for " + what, e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof EslException known) {
        throw known;
      }
      throw new EslClosedException("[" + name + "] " + what + " failed", e);
    }
  }

  String name() {
    return name;
  }
}
