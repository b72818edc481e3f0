package dev.callflow.esl;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.error.EslConnectException;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.error.EslProtocolException;
import dev.callflow.esl.error.EslTimeoutException;
import dev.callflow.esl.message.AuthRequest;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.DisconnectNotice;
import dev.callflow.esl.message.EslAnswer;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslNotification;
import dev.callflow.esl.message.LogData;
import dev.callflow.esl.message.RudeRejection;
import dev.callflow.esl.message.UnknownMessage;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.esl.runtime.EslRuntime;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that FreeSWITCH has handed over by its {@code socket} application ({@code async full}).
 *
 * <p>Safe for use by any thread. Fewer than {@value #MAX_UNFINISHED} applications may be unfinished
 * at once: FreeSWITCH holds 256 and closes the connection at one more. Events wait in a queue of
 * 2,000. When the listener is behind by half of it, reading pauses, for {@link
 * EslServerOptions.Builder#maxReadPause} at most; then, or when the queue is full, the connection
 * is given up with an {@link EslOverflowException}, and the listener gets the end.
 */
public final class EslCall {

  /** How many applications may be asked for and not finished. */
  public static final int MAX_UNFINISHED = 200;

  private static final Logger LOG = LoggerFactory.getLogger(EslCall.class);

  private static final int MAX_EVENTS_WAITING = 2_000;

  /** CHANNEL_HANGUP_COMPLETE follows a hang-up or a notice within milliseconds, if at all. */
  private static final Duration END_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration BETWEEN_CLAIMS = Duration.ofMillis(50);

  /** FreeSWITCH's uuids, and those that {@code origination_uuid} may set. */
  private static final Pattern UUID = Pattern.compile("[!-~]{1,256}");

  private final CommandPipeline pipeline;
  private final Wire wire = new Wire();
  private final EslServerOptions options;
  private final Function<EslCall, EslCallListener> handler;
  private final LiveCalls<EslCall> live;
  private final Consumer<EslCall> whenOver;
  private final ListenerQueue listeners;
  private final Map<String, CompletableFuture<EslEvent>> unfinished = new ConcurrentHashMap<>();
  private volatile @Nullable EslEvent channelData;
  private volatile @Nullable EslCallListener listener;
  private volatile boolean hasEnded;

  EslCall(
      @Nullable SocketAddress peer,
      EslServerOptions options,
      Function<EslCall, EslCallListener> handler,
      LiveCalls<EslCall> live,
      Consumer<EslCall> whenOver) {
    this.options = options;
    this.handler = handler;
    this.live = live;
    this.whenOver = whenOver;
    this.pipeline =
        new CommandPipeline(
            peer, EslMetrics.Direction.OUTBOUND, options.runtime(), options.metrics(), wire);
    this.listeners =
        new ListenerQueue(
            pipeline.name(),
            new ListenerQueue.Limits(MAX_EVENTS_WAITING, options.maxReadPause()),
            options.runtime(),
            options.metrics(),
            wire::deliver);
  }

  CommandPipeline pipeline() {
    return pipeline;
  }

  EslRuntime runtime() {
    return options.runtime();
  }

  /**
   * Returns the channel's data as they were when the call came.
   *
   * @return the answer to {@code connect}
   */
  public EslEvent channelData() {
    EslEvent data = channelData;
    if (data == null) {
      throw new IllegalStateException("the call has not been handed over yet");
    }
    return data;
  }

  /**
   * Returns the channel's id.
   *
   * @return its Unique-ID
   */
  public String uuid() {
    return channelData().uuid().orElse("");
  }

  /**
   * Has the call run an application after those it runs already; does not wait.
   *
   * @param application the application's name
   * @param argument its argument, may be empty
   * @return the Application-UUID of CHANNEL_EXECUTE and CHANNEL_EXECUTE_COMPLETE
   * @throws EslOverflowException if too many applications are unfinished
   */
  public String execute(String application, String argument) {
    return start(application, argument, new CompletableFuture<>());
  }

  /**
   * Has the call run an application and waits until it has ended.
   *
   * @param application the application's name
   * @param argument its argument, may be empty
   * @param timeout how long to wait
   * @return CHANNEL_EXECUTE_COMPLETE, with the channel's variables as they were then
   * @throws EslOverflowException if too many applications are unfinished
   * @throws EslClosedException if the call ends before the application has, or before it begins
   * @throws EslTimeoutException if the time is up; the application runs on
   */
  public EslEvent run(String application, String argument, Duration timeout) {
    CompletableFuture<EslEvent> end = new CompletableFuture<>();
    start(application, argument, end);
    return pipeline.await(end, application, timeout);
  }

  /**
   * Has the call run an application; does not wait.
   *
   * @param application the application's name
   * @param argument its argument, may be empty
   * @param timeout how long it may take; it runs on after that
   * @return CHANNEL_EXECUTE_COMPLETE, on a virtual thread of its own; an {@link EslException} if
   *     the call ends before the application has, if the time is up, or if too many are unfinished
   */
  public CompletableFuture<EslEvent> runAsync(
      String application, String argument, Duration timeout) {
    CompletableFuture<EslEvent> end = new CompletableFuture<>();
    try {
      start(application, argument, end);
    } catch (EslOverflowException e) {
      return CompletableFuture.failedFuture(e);
    }
    return pipeline.later(end, application, timeout);
  }

  private String start(String application, String argument, CompletableFuture<EslEvent> end) {
    EslCommand.Execute command = EslCommand.execute(application, argument);
    if (unfinished.size() >= MAX_UNFINISHED) {
      throw new EslOverflowException(
          "[" + pipeline.name() + "] " + MAX_UNFINISHED + " applications are unfinished");
    }
    unfinished.put(command.eventUuid(), end);
    post(command);
    if (hasEnded) {
      failUnfinished();
    }
    return command.eventUuid();
  }

  private void failUnfinished() {
    for (String id : unfinished.keySet()) {
      CompletableFuture<EslEvent> end = unfinished.remove(id);
      if (end != null) {
        end.completeExceptionally(ended());
      }
    }
  }

  private EslClosedException ended() {
    return new EslClosedException("[" + pipeline.name() + "] the call has ended");
  }

  /**
   * Sends a command and does not wait; a refusal is logged.
   *
   * @param command the command
   */
  public void post(EslCommand command) {
    pipeline
        .send(command)
        .whenComplete((answer, failure) -> {
          if (answer instanceof CommandReply reply && !reply.ok()) {
            LOG.warn("[{}] {} was answered by {}", pipeline.name(), command, reply.text());
          } else if (failure != null) {
            LOG.debug("[{}] {} had no answer: {}", pipeline.name(), command, failure.getMessage());
          }
        });
  }

  /**
   * Sends a command and waits for its reply.
   *
   * @param command the command; not an {@code api}
   * @param timeout how long to wait
   * @return the reply, be it {@code +OK} or {@code -ERR}
   * @throws EslException if the connection is gone, or no answer comes in time
   */
  public CommandReply send(EslCommand command, Duration timeout) {
    return pipeline.command(command, timeout);
  }

  /**
   * Sends a command; does not wait.
   *
   * @param command the command; not an {@code api}
   * @param timeout how long it may take
   * @return the reply, on a virtual thread of its own; an {@link EslException} if there is none
   */
  public CompletableFuture<CommandReply> sendAsync(EslCommand command, Duration timeout) {
    return pipeline.commandLater(command, timeout);
  }

  /**
   * Runs an api command and waits for its output.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param timeout how long to wait
   * @return its output
   * @throws EslException if the connection is gone, or no answer comes in time
   */
  public String api(String command, String arguments, Duration timeout) {
    return pipeline.api(command, arguments, timeout);
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
    return pipeline.apiLater(command, arguments, timeout);
  }

  /**
   * Hangs up at once, whatever the call is doing; does not wait. A {@code sendmsg} with {@code
   * hangup} would wait for the end of the running application, be it endless music (seen with
   * 1.11.2).
   *
   * @param cause the cause's name, for instance {@code NORMAL_CLEARING}
   */
  public void hangup(String cause) {
    post(new EslCommand.Api("uuid_kill", uuid() + " " + cause));
  }

  /**
   * Returns where the call's connection comes from.
   *
   * @return the connection's number, direction and peer, as they are in the log
   */
  public String connection() {
    return pipeline.name();
  }

  /** Closes the connection; a call that is alive then goes on in the dialplan or is hung up. */
  public void close() {
    pipeline.close();
  }

  /** The event loop's side: greets, watches for the end, passes events on. */
  private final class Wire implements CommandPipeline.Owner {

    private Optional<String> cause = Optional.empty();
    private Optional<String> disposition = Optional.empty();
    private Future<?> greeting = CompletableFuture.completedFuture(null);
    private Future<?> claim = CompletableFuture.completedFuture(null);
    private boolean over;
    private boolean gone;
    private boolean refused;

    /** Cancelled at the end, so that a timer does not hold on to a call that is over. */
    private Future<?> end = CompletableFuture.completedFuture(null);

    @Override
    public void opened() {
      greeting =
          pipeline.later(
              options.handshakeTimeout(),
              () ->
                  pipeline.fail(
                      new EslConnectException(
                          "["
                              + pipeline.name()
                              + "] no channel data in "
                              + options.handshakeTimeout())));
      // FreeSWITCH answers in order, and `connect` has to be the first
      // (docs/spec/event-socket.md#first-command).
      pipeline
          .send(new EslCommand.Connect())
          .thenAccept(answer -> {
            if (answer instanceof CommandReply reply && reply.channelData().isPresent()) {
              greeted(reply.channelData().get());
            } else {
              pipeline.fail(
                  new EslProtocolException(
                      "[" + pipeline.name() + "] connect was not answered by a channel"));
            }
          });
      post(new EslCommand.Linger(OptionalInt.empty()));
      post(new EslCommand.MyEvents(Optional.empty()));
      pipeline
          .send(EslCommand.events(options.events(), options.subclasses()))
          .thenAccept(this::handOver);
    }

    private void greeted(EslEvent data) {
      if (data.header("Socket-Mode").filter("static"::equals).isPresent()) {
        pipeline.fail(
            new EslProtocolException(
                "[" + pipeline.name() + "] the dialplan's socket needs 'async full'"));
      } else if (!UUID.matcher(data.uuid().orElse("")).matches()) {
        pipeline.fail(
            new EslProtocolException(
                "["
                    + pipeline.name()
                    + "] connect was answered by a channel without a usable uuid"));
      } else {
        channelData = data;
        greeting.cancel(false);
        pipeline.watch(options.idleTimeout(), options.answerTimeout());
      }
    }

    private void handOver(EslAnswer answer) {
      if (answer instanceof CommandReply reply && !reply.ok()) {
        pipeline.fail(
            new EslProtocolException(
                "[%s] the dialplan's socket needs 'async full': %s"
                    .formatted(pipeline.name(), reply.text())));
        return;
      }
      claim(options.claimTimeout());
    }

    /** The channel must not be controlled by another connection; soon it may not be any more. */
    private void claim(Duration left) {
      if (over || channelData == null) {
        return;
      }
      boolean mine = live.enter(uuid(), EslCall.this);
      if (!mine && options.replaces(channelData)) {
        LOG.warn("[{}] replaces the connection that controls {}", pipeline.name(), uuid());
        live.replace(uuid(), EslCall.this).ifPresent(EslCall::close);
        mine = true;
      }
      if (mine) {
        listeners.start();
        offer(this::handle);
      } else if (left.isPositive()) {
        claim = pipeline.later(BETWEEN_CLAIMS, () -> claim(left.minus(BETWEEN_CLAIMS)));
      } else {
        refused = true;
        LOG.warn(
            "[{}] is refused: it claims {}, which another connection controls",
            pipeline.name(),
            uuid());
        pipeline.close();
      }
    }

    private void releaseClaim() {
      EslEvent data = channelData;
      if (data != null) {
        live.leave(data.uuid().orElse(""), EslCall.this);
      }
    }

    /** Nothing takes care of a call whose handler fails: it must not stay in silence. */
    private void handle() {
      try {
        listener = handler.apply(EslCall.this);
      } catch (RuntimeException e) {
        LOG.error("[{}] the handler failed, the call is hung up", pipeline.name(), e);
        hangup("NORMAL_TEMPORARY_FAILURE");
      }
    }

    @Override
    public void received(EslNotification notification) {
      switch (notification) {
        case EslEvent event -> event(event);
        case DisconnectNotice notice -> ends(END_TIMEOUT);
        case LogData line -> LOG.debug("[{}] {}", pipeline.name(), line.text().strip());
        case UnknownMessage unknown -> {
          options.metrics().unknownFrame();
          LOG.warn("[{}] a frame of type {}", pipeline.name(), unknown.type());
        }
        case AuthRequest other -> LOG.warn("[{}] {}", pipeline.name(), other);
        case RudeRejection other -> LOG.warn("[{}] {}", pipeline.name(), other);
      }
    }

    private void event(EslEvent event) {
      if (event.is("CHANNEL_EXECUTE_COMPLETE")) {
        CompletableFuture<EslEvent> end =
            unfinished.remove(event.header("Application-UUID").orElse(""));
        if (end != null) {
          end.complete(event);
        }
        if (event.header("Application").filter("socket"::equals).isPresent()) {
          // Transferred: the channel is not this connection's any more, and may come back on
          // another.
          releaseClaim();
        }
      }
      options.metrics().event();
      if (!over) {
        listeners.offer(event, pipeline);
      }
      if (event.is("CHANNEL_HANGUP") || event.is("CHANNEL_HANGUP_COMPLETE")) {
        cause = event.header("Hangup-Cause").or(() -> cause);
        disposition = event.variable("sip_hangup_disposition").or(() -> disposition);
        if (event.is("CHANNEL_HANGUP")) {
          ends(END_TIMEOUT);
        } else {
          over();
        }
      }
    }

    private void deliver(EslEvent event) {
      EslCallListener receiver = listener;
      if (receiver != null) {
        receiver.event(event);
      }
    }

    @Override
    public void receivedAll() {
      listeners.pauseIfBehind(pipeline);
    }

    private void ends(Duration timeout) {
      gone = true;
      end.cancel(false);
      end = pipeline.later(timeout, this::over);
    }

    private void over() {
      gone = true;
      if (!over) {
        tellEnd();
        pipeline.send(new EslCommand.Exit()).whenComplete((answer, failure) -> pipeline.close());
        end.cancel(false);
        end = pipeline.later(END_TIMEOUT, pipeline::close);
      }
    }

    @Override
    public void closed(EslException why) {
      end.cancel(false);
      greeting.cancel(false);
      claim.cancel(false);
      releaseClaim();
      if (!gone && !refused) {
        complain(why);
      }
      tellEnd();
      whenOver.accept(EslCall.this);
    }

    /** FreeSWITCH resets the connection when a caller hangs up while being handed over. */
    private void complain(EslException why) {
      if (channelData == null && why instanceof EslClosedException) {
        LOG.info("{}: the caller had gone before the call was handed over", why.getMessage());
      } else {
        LOG.warn("{}: the call is lost", why.getMessage());
      }
    }

    private void tellEnd() {
      if (over) {
        return;
      }
      over = true;
      hasEnded = true;
      failUnfinished();
      EslCallEnd end = new EslCallEnd(cause, disposition, !gone);
      listeners.finish(() -> {
        EslCallListener receiver = listener;
        if (receiver != null) {
          receiver.ended(end);
        }
      });
    }

    private void offer(Runnable delivery) {
      if (!over && !listeners.offer(delivery)) {
        options.metrics().overflowed();
        pipeline.fail(
            new EslOverflowException("[" + pipeline.name() + "] the call's listener is too slow"));
      }
    }
  }
}
