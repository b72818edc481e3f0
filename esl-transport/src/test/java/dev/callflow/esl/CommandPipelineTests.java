package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.error.EslProtocolException;
import dev.callflow.esl.error.EslTimeoutException;
import dev.callflow.esl.message.ApiResponse;
import dev.callflow.esl.message.AuthRequest;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.EslAnswer;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslMessage;
import dev.callflow.esl.message.EslNotification;
import dev.callflow.esl.runtime.EslMailbox;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.esl.runtime.EslNetwork;
import dev.callflow.esl.runtime.EslRuntime;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests one connection on a single thread, with a clock that the test controls. */
class CommandPipelineTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final ManualRuntime runtime = new ManualRuntime();
  private final Owner owner = new Owner();
  private final CommandPipeline pipeline =
      new CommandPipeline(null, EslMetrics.Direction.INBOUND, runtime, metrics, owner);

  // ---- answers

  @Test
  void answersAreMatchedToCommandsInOrder() {
    EmbeddedChannel channel = connected();
    CompletableFuture<EslAnswer> first = pipeline.send(new EslCommand.Noop());
    CompletableFuture<EslAnswer> second = pipeline.send(new EslCommand.Api("status", ""));

    receive(channel, reply("+OK"), new ApiResponse("UP"));

    assertThat(((CommandReply) first.getNow(null)).text()).isEqualTo("+OK");
    assertThat(second.getNow(null)).isEqualTo(new ApiResponse("UP"));
    assertThat(metrics.recorded()).contains("answered Noop", "answered Api");
  }

  @Test
  void commandsAreWrittenInOrder() {
    EmbeddedChannel channel = connected();
    pipeline.send(new EslCommand.Api("status", ""));
    pipeline.send(new EslCommand.Exit());

    assertThat(written(channel)).containsExactly("api status\n\n", "exit\n\n");
  }

  @Test
  void commandsThatLeaveTogetherAreFlushedOnce() {
    List<String> calls = new ArrayList<>();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext context, Object bytes, ChannelPromise done) {
                calls.add("write");
                context.write(bytes, done);
              }

              @Override
              public void flush(ChannelHandlerContext context) {
                calls.add("flush");
                context.flush();
              }
            },
            pipeline);
    pipeline.send(new EslCommand.Noop());
    pipeline.send(new EslCommand.Noop());
    assertThat(written(channel)).hasSize(2);
    pipeline.send(new EslCommand.Exit());
    assertThat(written(channel)).hasSize(1);

    assertThat(calls).containsExactly("write", "write", "flush", "write", "flush");
  }

  @Test
  void anAnswerWithoutACommandIsCountedAndDropped() {
    EmbeddedChannel channel = connected();

    receive(channel, reply("+OK"));

    assertThat(metrics.recorded()).contains("stray answer");
    assertThat(owner.received).isEmpty();
  }

  @Test
  void aLateAnswerDoesNotDisplaceTheNextOne() {
    EmbeddedChannel channel = connected();
    CompletableFuture<CommandReply> late = pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);
    advance(channel, TIMEOUT);
    CompletableFuture<CommandReply> next = pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);

    receive(channel, reply("+OK late"), reply("+OK next"));

    assertThat(failure(late)).isInstanceOf(EslTimeoutException.class);
    assertThat(next.getNow(null).text()).isEqualTo("+OK next");
    assertThat(metrics.recorded()).contains("unanswered Noop", "answered Noop");
  }

  @Test
  void aRefusedApiCommandReturnsTheReplyText() {
    EmbeddedChannel channel = connected();
    CompletableFuture<String> output = pipeline.apiLater("status", "", TIMEOUT);

    receive(channel, reply("-ERR permission denied"));

    assertThat(output.getNow(null)).isEqualTo("-ERR permission denied");
  }

  @Test
  void apiOutputIsNotAcceptedAsAReplyToACommand() {
    EmbeddedChannel channel = connected();
    CompletableFuture<CommandReply> reply = pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);

    receive(channel, new ApiResponse("UP"));

    assertThat(failure(reply)).isInstanceOf(EslProtocolException.class);
  }

  // ---- notifications and the end of the connection

  @Test
  void notificationsGoToTheOwner() {
    EmbeddedChannel channel = connected();

    receive(channel, new AuthRequest());

    assertThat(owner.received).containsExactly(new AuthRequest());
  }

  @Test
  void aCommandSentBeforeTheConnectionIsOpenFailsAtOnce() {
    CompletableFuture<EslAnswer> answer = pipeline.send(new EslCommand.Noop());

    assertThat(failure(answer)).isInstanceOf(EslClosedException.class);
    assertThat(metrics.recorded()).containsExactly("unanswered Noop");
  }

  @Test
  void commandsInFlightFailWhenTheConnectionCloses() {
    EmbeddedChannel channel = connected();
    CompletableFuture<EslAnswer> answer = pipeline.send(new EslCommand.Noop());
    channel.runPendingTasks();

    channel.close();

    assertThat(failure(answer)).hasMessageContaining("the peer closed the connection");
    assertThat(owner.closed).hasSize(1);
    assertThat(metrics.recorded())
        .containsSubsequence("opened INBOUND", "unanswered Noop", "closed INBOUND");
  }

  @Test
  void aFailedConnectionReportsTheFirstReason() {
    EmbeddedChannel channel = connected();

    pipeline.fail(new EslProtocolException("first"));
    pipeline.fail(new EslProtocolException("second"));
    channel.runPendingTasks();

    assertThat(owner.closed)
        .singleElement()
        .extracting(EslException::getMessage)
        .isEqualTo("first");
  }

  // ---- deadlines

  @Test
  void eachCommandFailsAtItsOwnDeadline() {
    EmbeddedChannel channel = connected();
    CompletableFuture<CommandReply> patient =
        pipeline.commandLater(new EslCommand.Noop(), TIMEOUT.multipliedBy(2));
    CompletableFuture<CommandReply> impatient =
        pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);
    CompletableFuture<EslAnswer> withoutDeadline = pipeline.send(new EslCommand.Noop());

    advance(channel, TIMEOUT);
    assertThat(failure(impatient)).hasMessageEndingWith("no answer to Noop within PT5S");
    assertThat(patient).isNotDone();

    advance(channel, TIMEOUT);
    assertThat(failure(patient)).hasMessageEndingWith("no answer to Noop within PT10S");
    assertThat(withoutDeadline).isNotDone();
  }

  @Test
  void aCommandThatFollowsAnAnsweredOneFailsAtItsDeadline() {
    EmbeddedChannel channel = connected();
    pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);
    advance(channel, Duration.ofSeconds(3));
    receive(channel, reply("+OK"));
    CompletableFuture<CommandReply> next = pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);

    advance(channel, Duration.ofSeconds(4));
    assertThat(next).isNotDone();
    advance(channel, Duration.ofSeconds(1));
    assertThat(failure(next)).isInstanceOf(EslTimeoutException.class);
  }

  @Test
  void aCommandWithoutTimeFails() {
    EmbeddedChannel channel = connected();
    CompletableFuture<CommandReply> late =
        pipeline.commandLater(new EslCommand.Noop(), Duration.ZERO);
    advance(channel, Duration.ZERO);
    assertThat(failure(late)).isInstanceOf(EslTimeoutException.class);
  }

  // ---- idle connections

  @Test
  void anIdlePeerIsProbedAndDisconnectedIfItDoesNotAnswer() {
    EmbeddedChannel channel = connected();
    pipeline.watch(Duration.ofSeconds(60), TIMEOUT);

    advance(channel, Duration.ofSeconds(61));
    assertThat(written(channel)).hasSize(1);
    advance(channel, TIMEOUT);

    assertThat(owner.closed).singleElement().isInstanceOf(EslTimeoutException.class);
  }

  @Test
  void aPeerThatAnswersTheProbeStaysConnected() {
    EmbeddedChannel channel = connected();
    pipeline.watch(Duration.ofSeconds(60), TIMEOUT);

    advance(channel, Duration.ofSeconds(61));
    receive(channel, reply("-ERR command not found"));
    advance(channel, TIMEOUT);

    assertThat(owner.closed).isEmpty();
  }

  // ---- the connection and its environment

  private EmbeddedChannel connected() {
    return new EmbeddedChannel(pipeline);
  }

  private static void receive(EmbeddedChannel channel, EslMessage... messages) {
    channel.runPendingTasks();
    channel.writeInbound((Object[]) messages);
    channel.runPendingTasks();
  }

  private void advance(EmbeddedChannel channel, Duration time) {
    channel.runPendingTasks();
    runtime.now += time.toNanos();
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private static List<String> written(EmbeddedChannel channel) {
    channel.runPendingTasks();
    List<String> commands = new ArrayList<>();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      commands.add(bytes.toString(StandardCharsets.UTF_8));
      bytes.release();
    }
    return commands;
  }

  private static CommandReply reply(String text) {
    byte[] frame =
        ("Content-Type: command/reply\nReply-Text: " + text + "\n\n")
            .getBytes(StandardCharsets.UTF_8);
    return (CommandReply) FrameDecoder.message(frame, new byte[0]);
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    Throwable failure = future.exceptionNow();
    return failure.getCause() != null ? failure.getCause() : failure;
  }

  private static final class Owner implements CommandPipeline.Owner {

    private final List<EslNotification> received = new ArrayList<>();
    private final List<EslException> closed = new ArrayList<>();

    @Override
    public void opened() {}

    @Override
    public void received(EslNotification notification) {
      received.add(notification);
    }

    @Override
    public void receivedAll() {}

    @Override
    public void closed(EslException reason) {
      closed.add(reason);
    }
  }

  /** Runs tasks on the calling thread; only the test moves the clock. */
  private static final class ManualRuntime implements EslRuntime {

    private long now;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void start(String name, Runnable task) {
      task.run();
    }

    @Override
    public <T> EslMailbox<T> mailbox(int capacity) {
      return EslRuntime.system().mailbox(capacity);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration timeout) {
      return future.isDone();
    }

    @Override
    public double random() {
      return 0.5;
    }

    @Override
    public EslNetwork network(SocketAddress address) {
      throw new UnsupportedOperationException("this test opens no connections");
    }
  }
}
