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
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Commands and answers of one connection, on one thread and by a clock that the test sets. */
class CommandPipelineTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Counted counted = new Counted();
  private final HandRuntime runtime = new HandRuntime();
  private final Owner owner = new Owner();
  private final CommandPipeline pipeline =
      new CommandPipeline(null, EslMetrics.Direction.INBOUND, runtime, counted, owner);

  // ---- answers

  @Test
  void answersGoToTheCommandsInTheirOrder() {
    EmbeddedChannel channel = connected();
    CompletableFuture<EslAnswer> first = pipeline.send(new EslCommand.Noop());
    CompletableFuture<EslAnswer> second = pipeline.send(new EslCommand.Api("status", ""));

    receives(channel, reply("+OK"), new ApiResponse("UP"));

    assertThat(((CommandReply) first.getNow(null)).text()).isEqualTo("+OK");
    assertThat(second.getNow(null)).isEqualTo(new ApiResponse("UP"));
    assertThat(counted.told()).contains("answered Noop", "answered Api");
  }

  @Test
  void commandsAreWrittenInTheirOrder() {
    EmbeddedChannel channel = connected();
    pipeline.send(new EslCommand.Api("status", ""));
    pipeline.send(new EslCommand.Exit());

    assertThat(written(channel)).containsExactly("api status\n\n", "exit\n\n");
  }

  @Test
  void anAnswerToNothingIsCountedAndGoesToNobody() {
    EmbeddedChannel channel = connected();

    receives(channel, reply("+OK"));

    assertThat(counted.told()).contains("stray answer");
    assertThat(owner.received).isEmpty();
  }

  @Test
  void aLateAnswerKeepsItsPlaceInTheOrder() {
    EmbeddedChannel channel = connected();
    CompletableFuture<CommandReply> late = pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);
    passes(channel, TIMEOUT);
    CompletableFuture<CommandReply> next = pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);

    receives(channel, reply("+OK late"), reply("+OK next"));

    assertThat(failure(late)).isInstanceOf(EslTimeoutException.class);
    assertThat(next.getNow(null).text()).isEqualTo("+OK next");
    assertThat(counted.told()).contains("unanswered Noop", "answered Noop");
  }

  @Test
  void aRefusedApiCommandIsAnsweredByTheTextOfTheReply() {
    EmbeddedChannel channel = connected();
    CompletableFuture<String> output = pipeline.apiLater("status", "", TIMEOUT);

    receives(channel, reply("-ERR permission denied"));

    assertThat(output.getNow(null)).isEqualTo("-ERR permission denied");
  }

  @Test
  void theOutputOfAnApiIsNoReplyToACommand() {
    EmbeddedChannel channel = connected();
    CompletableFuture<CommandReply> reply = pipeline.commandLater(new EslCommand.Noop(), TIMEOUT);

    receives(channel, new ApiResponse("UP"));

    assertThat(failure(reply)).isInstanceOf(EslProtocolException.class);
  }

  // ---- notifications and the end

  @Test
  void whatFreeSwitchSendsOfItsOwnAccordGoesToTheOwner() {
    EmbeddedChannel channel = connected();

    receives(channel, new AuthRequest());

    assertThat(owner.received).containsExactly(new AuthRequest());
  }

  @Test
  void aCommandBeforeTheConnectionIsOpenFailsAtOnce() {
    CompletableFuture<EslAnswer> answer = pipeline.send(new EslCommand.Noop());

    assertThat(failure(answer)).isInstanceOf(EslClosedException.class);
    assertThat(counted.told()).containsExactly("unanswered Noop");
  }

  @Test
  void whatIsUnderWayFailsWhenTheConnectionCloses() {
    EmbeddedChannel channel = connected();
    CompletableFuture<EslAnswer> answer = pipeline.send(new EslCommand.Noop());
    channel.runPendingTasks();

    channel.close();

    assertThat(failure(answer)).hasMessageContaining("the peer closed the connection");
    assertThat(owner.closed).hasSize(1);
    assertThat(counted.told())
        .containsSubsequence("opened INBOUND", "unanswered Noop", "closed INBOUND");
  }

  @Test
  void aConnectionThatIsGivenUpHasTheFirstReason() {
    EmbeddedChannel channel = connected();

    pipeline.fail(new EslProtocolException("first"));
    pipeline.fail(new EslProtocolException("second"));
    channel.runPendingTasks();

    assertThat(owner.closed)
        .singleElement()
        .extracting(EslException::getMessage)
        .isEqualTo("first");
  }

  // ---- silence

  @Test
  void aSilentPeerIsAskedAndLeftIfItDoesNotAnswer() {
    EmbeddedChannel channel = connected();
    pipeline.watch(Duration.ofSeconds(60), TIMEOUT);

    passes(channel, Duration.ofSeconds(61));
    assertThat(written(channel)).hasSize(1);
    passes(channel, TIMEOUT);

    assertThat(owner.closed).singleElement().isInstanceOf(EslTimeoutException.class);
  }

  @Test
  void aPeerThatAnswersIsNotLeft() {
    EmbeddedChannel channel = connected();
    pipeline.watch(Duration.ofSeconds(60), TIMEOUT);

    passes(channel, Duration.ofSeconds(61));
    receives(channel, reply("-ERR command not found"));
    passes(channel, TIMEOUT);

    assertThat(owner.closed).isEmpty();
  }

  // ---- the connection and its surroundings

  private EmbeddedChannel connected() {
    return new EmbeddedChannel(pipeline);
  }

  private static void receives(EmbeddedChannel channel, EslMessage... messages) {
    channel.runPendingTasks();
    channel.writeInbound((Object[]) messages);
    channel.runPendingTasks();
  }

  private void passes(EmbeddedChannel channel, Duration time) {
    channel.runPendingTasks();
    runtime.now += time.toNanos();
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private static List<String> written(EmbeddedChannel channel) {
    channel.runPendingTasks();
    List<String> texts = new ArrayList<>();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      texts.add(bytes.toString(StandardCharsets.UTF_8));
      bytes.release();
    }
    return texts;
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
    public void closed(EslException why) {
      closed.add(why);
    }
  }

  /** Tasks run where they are started, and the clock stands still. */
  private static final class HandRuntime implements EslRuntime {

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
      throw new UnsupportedOperationException("nothing here connects");
    }
  }
}
