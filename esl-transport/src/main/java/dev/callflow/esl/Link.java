package dev.callflow.esl;

import dev.callflow.esl.message.ApiResponse;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
final class Link extends SimpleChannelInboundHandler<EslMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private static final Ticker NOW = Ticker.systemTicker();

  /** More than this are never under way at once; FreeSWITCH itself holds 256 per session. */
  private static final int MOST_UNANSWERED = 10_000;

  /**
   * So much waits for a peer that does not read: two of the greatest bodies that FreeSWITCH takes.
   */
  static final WriteBufferWaterMark MOST_UNREAD = new WriteBufferWaterMark(16 << 20, 32 << 20);

  /** What happens on a connection; called on the event loop, so it must not block. */
  interface Owner {
    void opened();

    void received(EslMessage message);

    void receivedAll();

    void closed(EslException why);
  }

  /** A command that waits for its answer; either is counted once, whichever comes first. */
  private record Asked(
      String command, long sent, CompletableFuture<EslMessage> answer, EslMetrics metrics) {

    void answered(EslMessage message) {
      if (answer.complete(message)) {
        metrics.answered(command, Duration.ofNanos(NOW.nanoTime() - sent));
      }
    }

    void fail(EslException why) {
      if (answer.completeExceptionally(why)) {
        metrics.unanswered(command);
      }
    }
  }

  private final String name;
  private final EslMetrics.Direction direction;
  private final EslMetrics metrics;
  private final Owner owner;
  private final Queue<Asked> unanswered = new ArrayDeque<>();
  private volatile @Nullable Channel channel;
  private @Nullable EslException failure;
  private boolean closed;
  private Future<?> watch = CompletableFuture.completedFuture(null);
  private volatile long heard = NOW.nanoTime();

  /** Until then somebody waits for an answer: a long {@code api} makes a connection silent. */
  private volatile long busyUntil = heard;

  Link(String name, EslMetrics.Direction direction, EslMetrics metrics, Owner owner) {
    this.name = name;
    this.direction = direction;
    this.metrics = metrics;
    this.owner = owner;
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
    if (message instanceof CommandReply || message instanceof ApiResponse) {
      Asked asked = unanswered.poll();
      if (asked == null) {
        metrics.strayAnswer();
        LOG.warn("[{}] an answer to nothing", name);
      } else {
        asked.answered(message);
        if (unanswered.isEmpty()) {
          busyUntil = NOW.nanoTime();
        }
      }
    } else {
      owner.received(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    heard = NOW.nanoTime();
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
    for (Asked asked = unanswered.poll(); asked != null; asked = unanswered.poll()) {
      asked.fail(why);
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

  /** Reads on or pauses; a pause must be short, or the server suffers (section 10.4). */
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

  /** Runs a task on the event loop after a while; whoever has no more use for it cancels it. */
  Future<?> later(Duration delay, Runnable task) {
    Channel open = channel;
    return open != null && !open.eventLoop().isShuttingDown()
        ? open.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS)
        : CompletableFuture.completedFuture(null);
  }

  /** Sends a command that nobody waits for; the answer completes the future, on the event loop. */
  CompletableFuture<EslMessage> send(EslCommand command) {
    return write(command, Duration.ZERO).answer();
  }

  /** Sends a command and waits for its answer. */
  EslMessage ask(EslCommand command, Duration longest) {
    Asked asked = write(command, longest);
    try {
      return await(asked.answer(), asked.command(), longest);
    } catch (EslTimeoutException e) {
      asked.fail(e);
      throw e;
    }
  }

  /** Sends a command; the answer, or its lateness, completes the future on a virtual thread. */
  CompletableFuture<EslMessage> askLater(EslCommand command, Duration longest) {
    Asked asked = write(command, longest);
    return later(asked.answer(), asked::fail, asked.command(), longest);
  }

  /** Passes a result on to a virtual thread, or the news that it is late. */
  <T> CompletableFuture<T> later(CompletableFuture<T> result, String what, Duration longest) {
    return later(result, result::completeExceptionally, what, longest);
  }

  private <T> CompletableFuture<T> later(
      CompletableFuture<T> result, Consumer<EslException> late, String what, Duration longest) {
    Future<?> timer =
        later(
            longest,
            () ->
                late.accept(
                    new EslTimeoutException(
                        "[%s] no answer to %s in %s".formatted(name, what, longest))));
    result.whenComplete((answer, failure) -> timer.cancel(false));
    // Whatever hangs on it must not run on the event loop.
    return result.handleAsync(
        (answer, failure) -> {
          if (failure == null) {
            return answer;
          }
          throw failure instanceof EslException known
              ? known
              : new EslClosedException("[" + name + "] failed", failure);
        },
        Thread::startVirtualThread);
  }

  private Asked write(EslCommand command, Duration longest) {
    Asked asked =
        new Asked(
            command.getClass().getSimpleName(), NOW.nanoTime(), new CompletableFuture<>(), metrics);
    byte[] bytes = command.render();
    Channel open = channel;
    if (open == null || !open.isActive()) {
      asked.fail(new EslClosedException("[" + name + "] is not connected"));
      return asked;
    }
    try {
      open.eventLoop()
          .execute(() -> {
            LOG.trace("[{}] sends {}", name, command);
            write(open, asked, bytes, longest);
          });
    } catch (RejectedExecutionException e) {
      asked.fail(new EslClosedException("[" + name + "] is closed for good", e));
    }
    return asked;
  }

  private void write(Channel open, Asked asked, byte[] bytes, Duration longest) {
    if (closed || !open.isActive()) {
      asked.fail(new EslClosedException("[" + name + "] is not connected"));
    } else if (unanswered.size() >= MOST_UNANSWERED || !open.isWritable()) {
      asked.fail(new EslOverflowException("[" + name + "] too many commands under way"));
    } else {
      unanswered.add(asked);
      if (asked.sent() + longest.toNanos() - busyUntil > 0) {
        busyUntil = asked.sent() + longest.toNanos();
      }
      open.writeAndFlush(Unpooled.wrappedBuffer(bytes), open.voidPromise());
    }
  }

  /**
   * Asks the peer whether it is still there whenever nothing has come for a while although nobody
   * waits for anything, and closes if it does not answer. On the event loop.
   */
  void watch(Duration longestSilence, Duration longestAnswer) {
    watch = later(longestSilence.dividedBy(2), () -> look(longestSilence, longestAnswer));
  }

  private void look(Duration longestSilence, Duration longestAnswer) {
    long now = NOW.nanoTime();
    if (now - busyUntil >= 0 && now - heard > longestSilence.toNanos()) {
      // Answered at once by an error, without side effects (section 10.7).
      Asked ping = write(new EslCommand.Ping(), longestAnswer);
      later(
          longestAnswer,
          () -> {
            if (!ping.answer().isDone()) {
              fail(
                  new EslTimeoutException(
                      "[%s] silent for %s and no answer to a question in %s"
                          .formatted(name, longestSilence, longestAnswer)));
            }
          });
    }
    watch(longestSilence, longestAnswer);
  }

  /** Waits for something that completes on the event loop. */
  <T> T await(CompletableFuture<T> future, String what, Duration longest) {
    try {
      return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EslTimeoutException("[" + name + "] no answer to " + what + " in " + longest, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EslClosedException("[" + name + "] interrupted while waiting for " + what, e);
    } catch (ExecutionException e) {
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
