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
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: pairs answers with commands, in order, in one queue for both kinds of answers.
 *
 * <p>A command whose time is up keeps its place until its late answer has come. All that is under
 * way fails as soon as the connection closes.
 */
final class CommandPipeline extends SimpleChannelInboundHandler<EslMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(CommandPipeline.class);

  /** More are refused; FreeSWITCH itself holds 256 for each session. */
  private static final int MAX_UNANSWERED = 10_000;

  /** Waits for a peer that does not read: two of the largest bodies that FreeSWITCH takes. */
  static final WriteBufferWaterMark MAX_UNREAD = new WriteBufferWaterMark(16 << 20, 32 << 20);

  /** What happens on a connection; called on the event loop, so it must not block. */
  interface Owner {
    void opened();

    void received(EslNotification notification);

    void receivedAll();

    void closed(EslException why);
  }

  /** A command that waits for its answer; answer or failure is counted, whichever comes first. */
  private record PendingCommand(
      String command, long sent, CompletableFuture<EslAnswer> answer, EslMetrics metrics) {

    void answered(EslAnswer answered, long now) {
      if (answer.complete(answered)) {
        metrics.answered(command, Duration.ofNanos(now - sent));
      }
    }

    void fail(EslException why) {
      if (answer.completeExceptionally(why)) {
        metrics.unanswered(command);
      }
    }
  }

  private static final AtomicLong NUMBER = new AtomicLong();

  private final String name;
  private final EslRuntime runtime;
  private final EslMetrics.Direction direction;
  private final EslMetrics metrics;
  private final Owner owner;
  private final Queue<PendingCommand> unanswered = new ArrayDeque<>();
  private volatile @Nullable Channel channel;
  private @Nullable EslException failure;
  private boolean closed;
  private Future<?> watch = CompletableFuture.completedFuture(null);
  private volatile long heard;

  /** Until then an answer may be outstanding: a long {@code api} makes a connection silent. */
  private volatile long busyUntil;

  CommandPipeline(
      @Nullable SocketAddress peer,
      EslMetrics.Direction direction,
      EslRuntime runtime,
      EslMetrics metrics,
      Owner owner) {
    this.name =
        "esl %d %s %s"
            .formatted(
                NUMBER.incrementAndGet(),
                direction.name().toLowerCase(Locale.ROOT),
                addressText(peer));
    this.runtime = runtime;
    this.direction = direction;
    this.metrics = metrics;
    this.owner = owner;
    this.heard = runtime.nanoTime();
    this.busyUntil = heard;
  }

  static String addressText(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? internet.getHostString() + ":" + internet.getPort()
        : String.valueOf(address);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    LOG.debug("[{}] open", name);
    metrics.opened(direction);
    owner.opened();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, EslMessage message) {
    LOG.trace("[{}] received {}", name, message);
    switch (message) {
      // First, since events are most of the traffic.
      case EslNotification notification -> owner.received(notification);
      case EslAnswer answer -> answered(answer);
    }
  }

  private void answered(EslAnswer answer) {
    PendingCommand pending = unanswered.poll();
    if (pending == null) {
      metrics.strayAnswer();
      LOG.warn("[{}] an answer to nothing", name);
      return;
    }
    pending.answered(answer, runtime.nanoTime());
    if (unanswered.isEmpty()) {
      busyUntil = runtime.nanoTime();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    heard = runtime.nanoTime();
    owner.receivedAll();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (closed) {
      return;
    }
    closed = true;
    watch.cancel(false);
    EslException why =
        failure != null ? failure : new EslClosedException("[" + name + "] the peer has closed");
    for (PendingCommand pending = unanswered.poll(); pending != null; pending = unanswered.poll()) {
      pending.fail(why);
    }
    metrics.closed(direction);
    LOG.debug("[{}] closed: {}", name, why.getMessage());
    owner.closed(why);
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

  /** Closes because of something that the peer has done or not done. */
  void fail(EslException why) {
    Channel open = channel;
    if (open != null) {
      open.eventLoop()
          .execute(() -> {
            if (failure == null) {
              failure = why;
            }
            open.close();
          });
    }
  }

  void close() {
    fail(new EslClosedException("[" + name + "] closed by us"));
  }

  /**
   * Reads on or pauses; a pause must be short, or the server suffers
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

  /** Runs a task on the event loop after a delay; cancel it when it is no longer needed. */
  Future<?> later(Duration delay, Runnable task) {
    Channel open = channel;
    return open != null && !open.eventLoop().isShuttingDown()
        ? open.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS)
        : CompletableFuture.completedFuture(null);
  }

  /** Sends a command without a deadline; the answer completes the future, on the event loop. */
  CompletableFuture<EslAnswer> send(EslCommand command) {
    return write(command, Duration.ZERO).answer();
  }

  /** Sends a command and waits for its answer. */
  EslAnswer ask(EslCommand command, Duration timeout) {
    PendingCommand pending = write(command, timeout);
    try {
      return await(pending.answer(), pending.command(), timeout);
    } catch (EslTimeoutException e) {
      pending.fail(e);
      throw e;
    }
  }

  /** Sends a command; the answer, or its lateness, completes the future on a virtual thread. */
  CompletableFuture<EslAnswer> askLater(EslCommand command, Duration timeout) {
    PendingCommand pending = write(command, timeout);
    return later(pending.answer(), pending::fail, pending.command(), timeout);
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
          throw new EslProtocolException("[" + name + "] an answer of another kind");
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

  /** A refused api command is answered by a reply. */
  private static String output(EslAnswer answer) {
    return switch (answer) {
      case ApiResponse response -> response.body();
      case CommandReply reply -> reply.text();
    };
  }

  /** Passes a result, or its lateness, on to a virtual thread. */
  <T> CompletableFuture<T> later(CompletableFuture<T> result, String what, Duration timeout) {
    return later(result, result::completeExceptionally, what, timeout);
  }

  private <T> CompletableFuture<T> later(
      CompletableFuture<T> result, Consumer<EslException> late, String what, Duration timeout) {
    Future<?> timer =
        later(
            timeout,
            () ->
                late.accept(
                    new EslTimeoutException(
                        "[%s] no answer to %s in %s".formatted(name, what, timeout))));
    result.whenComplete((answer, failure) -> timer.cancel(false));
    // What the caller chains to it must not run on the event loop.
    return result.handleAsync(
        (answer, failure) -> {
          if (failure == null) {
            return answer;
          }
          throw failure instanceof EslException known
              ? known
              : new EslClosedException("[" + name + "] failed", failure);
        },
        task -> runtime.start(name + " answer", task));
  }

  private PendingCommand write(EslCommand command, Duration timeout) {
    PendingCommand pending =
        new PendingCommand(
            CommandKind.of(command), runtime.nanoTime(), new CompletableFuture<>(), metrics);
    byte[] bytes = command.render();
    Channel open = channel;
    if (open == null || !open.isActive()) {
      pending.fail(new EslClosedException("[" + name + "] is not connected"));
      return pending;
    }
    try {
      open.eventLoop()
          .execute(() -> {
            LOG.trace("[{}] sends {}", name, command);
            write(open, pending, bytes, timeout);
          });
    } catch (RejectedExecutionException e) {
      pending.fail(new EslClosedException("[" + name + "] is closed for good", e));
    }
    return pending;
  }

  private void write(Channel open, PendingCommand pending, byte[] bytes, Duration timeout) {
    if (closed || !open.isActive()) {
      pending.fail(new EslClosedException("[" + name + "] is not connected"));
    } else if (unanswered.size() >= MAX_UNANSWERED || !open.isWritable()) {
      pending.fail(new EslOverflowException("[" + name + "] too many commands under way"));
    } else {
      unanswered.add(pending);
      if (pending.sent() + timeout.toNanos() - busyUntil > 0) {
        busyUntil = pending.sent() + timeout.toNanos();
      }
      open.writeAndFlush(Unpooled.wrappedBuffer(bytes), open.voidPromise());
    }
  }

  /**
   * Probes a peer that has been silent while no answer was outstanding, and closes the connection
   * if it does not answer in time. On the event loop.
   */
  void watch(Duration idleTimeout, Duration answerTimeout) {
    watch = later(idleTimeout.dividedBy(2), () -> look(idleTimeout, answerTimeout));
  }

  private void look(Duration idleTimeout, Duration answerTimeout) {
    long now = runtime.nanoTime();
    if (now - busyUntil >= 0 && now - heard > idleTimeout.toNanos()) {
      // Answered at once by an error, without side effects (docs/spec/event-socket.md#liveness).
      PendingCommand probe = write(new EslCommand.Noop(), answerTimeout);
      later(
          answerTimeout,
          () -> {
            if (!probe.answer().isDone()) {
              fail(
                  new EslTimeoutException(
                      "[%s] silent for %s and no answer to a question in %s"
                          .formatted(name, idleTimeout, answerTimeout)));
            }
          });
    }
    watch(idleTimeout, answerTimeout);
  }

  /** Waits for something that completes on the event loop. */
  <T> T await(CompletableFuture<T> future, String what, Duration timeout) {
    try {
      if (!runtime.await(future, timeout)) {
        throw new EslTimeoutException("[%s] no answer to %s in %s".formatted(name, what, timeout));
      }
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
