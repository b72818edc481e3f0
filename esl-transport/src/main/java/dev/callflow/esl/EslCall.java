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
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that FreeSWITCH has handed over with its {@code socket} application ({@code async full}).
 *
 * <p>Safe for use by any thread. At most {@value #MAX_UNFINISHED} applications may be unfinished at
 * a time: FreeSWITCH queues 256 and closes the connection at the next one.
 */
public final class EslCall {

  /** The maximum number of unfinished applications. */
  public static final int MAX_UNFINISHED = 200;

  private static final Logger LOG = LoggerFactory.getLogger(EslCall.class);

  /** The maximum number of events that arrive before the call is known to be ours. */
  private static final int MAX_EARLY_EVENTS = 2_000;

  /**
   * The time to wait for CHANNEL_HANGUP_COMPLETE, which FreeSWITCH usually sends within
   * milliseconds of a hangup or a disconnect notice, but does not always send.
   */
  private static final Duration END_TIMEOUT = Duration.ofSeconds(2);

  /** The number of the state CS_ROUTING. */
  private static final String ROUTING = "2";

  private static final Duration CLAIM_INTERVAL = Duration.ofMillis(50);

  /** Matches FreeSWITCH's own uuids and those set with {@code origination_uuid}. */
  private static final Pattern UUID = Pattern.compile("[!-~]{1,256}");

  private final CommandPipeline pipeline;
  private final Wire wire = new Wire();
  private final EslServerOptions options;
  private final EslCallHandler handler;
  private final LiveCalls<EslCall> live;
  private final Consumer<EslCall> onClosed;
  private final Map<String, CompletableFuture<EslEvent>> unfinished = new ConcurrentHashMap<>(1);
  private volatile @Nullable EslEvent channelData;
  private String uuid = "";
  private volatile boolean hasEnded;
  private volatile boolean closedHere;

  EslCall(
      @Nullable SocketAddress peer,
      EslServerOptions options,
      EslCallHandler handler,
      LiveCalls<EslCall> live,
      Consumer<EslCall> onClosed) {
    this.options = options;
    this.handler = handler;
    this.live = live;
    this.onClosed = onClosed;
    this.pipeline =
        new CommandPipeline(
            peer, EslMetrics.Direction.OUTBOUND, options.runtime(), options.metrics(), wire);
  }

  CommandPipeline pipeline() {
    return pipeline;
  }

  EslServerOptions options() {
    return options;
  }

  /**
   * Returns the channel data as of the time the call was handed over.
   *
   * @return the data that FreeSWITCH sent in its answer to {@code connect}
   */
  public EslEvent channelData() {
    EslEvent data = channelData;
    if (data == null) {
      throw new IllegalStateException("FreeSWITCH has not sent the channel data yet");
    }
    return data;
  }

  /**
   * Returns the channel's uuid.
   *
   * @return the channel's Unique-ID
   */
  public String uuid() {
    // Throws an exception if the uuid is not known yet.
    channelData();
    return uuid;
  }

  /**
   * Queues an application behind those already queued or running; does not wait.
   *
   * @param application the application's name
   * @param argument its argument; may be empty
   * @return the Application-UUID that CHANNEL_EXECUTE and CHANNEL_EXECUTE_COMPLETE will carry
   * @throws EslOverflowException if too many applications are unfinished
   */
  public String execute(String application, String argument) {
    return start(application, argument, new CompletableFuture<>());
  }

  /**
   * Runs an application on the call and waits until it has ended.
   *
   * @param application the application's name
   * @param argument its argument; may be empty
   * @param timeout the maximum time to wait
   * @return the event CHANNEL_EXECUTE_COMPLETE, with the channel variables at the end of the
   *     application
   * @throws EslOverflowException if too many applications are unfinished
   * @throws EslClosedException if the call ends before the application does
   * @throws EslTimeoutException if the application does not end in time; the application continues
   *     to run
   */
  public EslEvent run(String application, String argument, Duration timeout) {
    CompletableFuture<EslEvent> end = new CompletableFuture<>();
    start(application, argument, end);
    return pipeline.await(end, application, timeout);
  }

  /**
   * Runs an application on the call; does not wait.
   *
   * @param application the application's name
   * @param argument its argument; may be empty
   * @param timeout the time after which the future fails; the application continues to run
   * @return a future for CHANNEL_EXECUTE_COMPLETE, completed on a new virtual thread; it fails with
   *     an {@link EslException} if the call ends first, if the timeout expires, or if too many
   *     applications are unfinished
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
          "["
              + pipeline.name()
              + "] there are already "
              + MAX_UNFINISHED
              + " unfinished applications");
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
   * Sends a command without waiting for its reply; an error reply is logged.
   *
   * @param command the command
   */
  public void post(EslCommand command) {
    pipeline
        .send(command)
        .whenComplete((answer, failure) -> {
          if (answer instanceof CommandReply reply && !reply.ok()) {
            LOG.warn("[{}] {} failed: {}", pipeline.name(), command, reply.text());
          } else if (failure != null) {
            LOG.debug(
                "[{}] {} was not answered: {}", pipeline.name(), command, failure.getMessage());
          }
        });
  }

  /**
   * Sends a command and waits for its reply.
   *
   * @param command the command; must not be {@code api}
   * @param timeout the maximum time to wait
   * @return the reply, either {@code +OK} or {@code -ERR}
   * @throws EslException if the connection is closed, or no reply arrives in time
   */
  public CommandReply send(EslCommand command, Duration timeout) {
    return pipeline.command(command, timeout);
  }

  /**
   * Sends a command; does not wait.
   *
   * @param command the command; must not be {@code api}
   * @param timeout the time after which the future fails
   * @return a future for the reply, completed on a new virtual thread; it fails with an {@link
   *     EslException} if no reply arrives in time
   */
  public CompletableFuture<CommandReply> sendAsync(EslCommand command, Duration timeout) {
    return pipeline.commandLater(command, timeout);
  }

  /**
   * Runs an api command and waits for its output.
   *
   * @param command the command's name
   * @param arguments its arguments; may be empty
   * @param timeout the maximum time to wait
   * @return the command's output
   * @throws EslException if the connection is closed, or no answer arrives in time
   */
  public String api(String command, String arguments, Duration timeout) {
    return pipeline.api(command, arguments, timeout);
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
    return pipeline.apiLater(command, arguments, timeout);
  }

  /**
   * Hangs up immediately, even while an application is running; does not wait. A {@code sendmsg}
   * with {@code hangup} would wait until the running application has ended, even if it plays
   * endless music (observed with FreeSWITCH 1.11.2).
   *
   * @param cause the name of the hangup cause, for instance {@code NORMAL_CLEARING}
   */
  public void hangup(String cause) {
    post(new EslCommand.Api("uuid_kill", uuid() + " " + cause));
  }

  /**
   * Returns the name of the call's connection.
   *
   * @return the connection's number, direction and peer, as they appear in the log
   */
  public String connection() {
    return pipeline.name();
  }

  /** Closes the connection; a live call then continues in the dialplan or is hung up. */
  public void close() {
    closedHere = true;
    pipeline.close();
  }

  /**
   * The part that runs on the event loop: performs the handshake, forwards events and detects the
   * end of the call.
   */
  private final class Wire implements CommandPipeline.Owner {

    private final Queue<EslEvent> early = new ArrayDeque<>(1);
    private @Nullable EslCallListener listener;
    private Optional<String> cause = Optional.empty();
    private Optional<String> disposition = Optional.empty();
    private Future<?> handshakeTimer = CommandPipeline.DONE;
    private Future<?> claim = CommandPipeline.DONE;
    private boolean endPublished;
    private boolean endReported;
    private boolean refused;
    private boolean socketEnded;

    /**
     * The timer for the end of the call; it is cancelled when the connection closes, since it would
     * otherwise keep the call in memory.
     */
    private Future<?> end = CommandPipeline.DONE;

    @Override
    public void opened() {
      handshakeTimer =
          pipeline.later(
              options.handshakeTimeout(),
              () ->
                  pipeline.fail(
                      new EslConnectException(
                          "["
                              + pipeline.name()
                              + "] received no channel data within "
                              + options.handshakeTimeout())));
      // `connect` must be the first command; FreeSWITCH answers commands in order
      // (docs/spec/event-socket.md#first-command).
      pipeline
          .send(new EslCommand.Connect())
          .thenAccept(answer -> {
            Optional<EslEvent> data =
                answer instanceof CommandReply reply ? reply.channelData() : Optional.empty();
            data.ifPresentOrElse(
                this::receivedChannelData,
                () ->
                    pipeline.fail(
                        new EslProtocolException(
                            "["
                                + pipeline.name()
                                + "] the answer to connect contains no channel data")));
          });
      post(new EslCommand.Linger(OptionalInt.empty()));
      post(new EslCommand.MyEvents(Optional.empty()));
      pipeline
          .send(EslCommand.events(options.events(), options.subclasses()))
          .thenAccept(this::subscribed);
    }

    private void receivedChannelData(EslEvent data) {
      String id = data.uuid().orElse("");
      if (data.header("Socket-Mode").filter("static"::equals).isPresent()) {
        pipeline.fail(
            new EslProtocolException(
                "[" + pipeline.name() + "] the dialplan's socket application needs 'async full'"));
      } else if (!UUID.matcher(id).matches()) {
        pipeline.fail(
            new EslProtocolException(
                "[" + pipeline.name() + "] the answer to connect contains no valid channel uuid"));
      } else {
        uuid = id;
        channelData = data;
        handshakeTimer.cancel(false);
        handshakeTimer = CommandPipeline.DONE;
        pipeline.watch(options.idleTimeout(), options.answerTimeout());
      }
    }

    private void subscribed(EslAnswer answer) {
      if (answer instanceof CommandReply reply && !reply.ok()) {
        pipeline.fail(
            new EslProtocolException(
                "[%s] the dialplan's socket application needs 'async full': %s"
                    .formatted(pipeline.name(), reply.text())));
        return;
      }
      claim(options.claimTimeout());
    }

    /** Takes control of the channel; waits briefly if another connection still controls it. */
    private void claim(Duration left) {
      if (endPublished || channelData == null) {
        return;
      }
      boolean mine = live.register(uuid(), EslCall.this);
      if (!mine && options.replaces(channelData)) {
        LOG.warn("[{}] replacing the connection that controls call {}", pipeline.name(), uuid());
        live.replace(uuid(), EslCall.this).ifPresent(EslCall::close);
        mine = true;
      }
      if (mine) {
        handle();
      } else if (left.isPositive()) {
        claim = pipeline.later(CLAIM_INTERVAL, () -> claim(left.minus(CLAIM_INTERVAL)));
      } else {
        refused = true;
        LOG.warn(
            "[{}] refusing the connection: another connection controls call {}",
            pipeline.name(),
            uuid());
        pipeline.close();
      }
    }

    private void releaseClaim() {
      if (channelData != null) {
        live.remove(uuid, EslCall.this);
      }
    }

    /**
     * Calls the handler, and hangs up if it fails: otherwise the caller would be left in silence.
     */
    private void handle() {
      try {
        listener = handler.handle(EslCall.this);
      } catch (RuntimeException e) {
        LOG.error("[{}] the handler failed; hanging up the call", pipeline.name(), e);
        listener = EslCallListener.NONE;
        hangup("NORMAL_TEMPORARY_FAILURE");
      }
      for (EslEvent event = early.poll(); event != null; event = early.poll()) {
        deliver(event);
      }
    }

    @Override
    public void received(EslNotification notification) {
      switch (notification) {
        case EslEvent event -> event(event);
        case DisconnectNotice notice -> expectEnd(END_TIMEOUT);
        case LogData line -> LOG.debug("[{}] {}", pipeline.name(), line.text().strip());
        case UnknownMessage unknown -> {
          options.metrics().unknownFrame();
          LOG.warn("[{}] ignoring a frame of unknown type {}", pipeline.name(), unknown.type());
        }
        case AuthRequest other ->
            LOG.warn("[{}] ignoring an unexpected {}", pipeline.name(), other);
        case RudeRejection other ->
            LOG.warn("[{}] ignoring an unexpected {}", pipeline.name(), other);
      }
    }

    private void event(EslEvent event) {
      if (isOfEarlierConnection(event)) {
        return;
      }
      if (event.is("CHANNEL_EXECUTE_COMPLETE")) {
        CompletableFuture<EslEvent> end =
            unfinished.remove(event.header("Application-UUID").orElse(""));
        if (end != null) {
          end.complete(event);
        }
        if (isSocket(event)) {
          // This connection no longer controls the channel, which may return on another one.
          releaseClaim();
          socketEnded = true;
        }
      }
      options.metrics().event();
      if (!endPublished) {
        deliver(event);
      }
      if (socketEnded && !endPublished) {
        endOfSocket(event);
      }
      if (event.is("CHANNEL_HANGUP") || event.is("CHANNEL_HANGUP_COMPLETE")) {
        cause = event.header("Hangup-Cause").or(() -> cause);
        disposition = event.variable("sip_hangup_disposition").or(() -> disposition);
        if (event.is("CHANNEL_HANGUP")) {
          expectEnd(END_TIMEOUT);
        } else {
          endOfCall();
        }
      }
    }

    /**
     * Finds out why the {@code socket} application has ended. The channel has been transferred, or
     * it is hanging up: then the event that says so may still be to come.
     */
    private void endOfSocket(EslEvent event) {
      if (isTransfer(event)) {
        endOfCall();
      } else if (!endReported) {
        expectEnd(END_TIMEOUT);
      }
    }

    /**
     * Returns whether an event shows that the channel is on its way to another extension. While
     * FreeSWITCH hangs up a channel, its state is never CS_ROUTING.
     */
    private boolean isTransfer(EslEvent event) {
      EslEvent data = channelData;
      return cause.isEmpty()
          && event.header("Hangup-Cause").isEmpty()
          && data != null
          && (event.header("Channel-State-Number").filter(ROUTING::equals).isPresent()
              || isSocket(event)
                  && event.header("Caller-Transfer-Source").isPresent()
                  && !event
                      .header("Caller-Transfer-Source")
                      .equals(data.header("Caller-Transfer-Source")));
    }

    private static boolean isSocket(EslEvent event) {
      return event.is("CHANNEL_EXECUTE_COMPLETE")
          && event.header("Application").filter("socket"::equals).isPresent();
    }

    /**
     * Returns whether the event reports the end of an earlier {@code socket} application of the
     * channel. FreeSWITCH can send such an event after the channel has connected again.
     */
    private boolean isOfEarlierConnection(EslEvent event) {
      EslEvent data = channelData;
      return data != null && isSocket(event) && sequence(event) < sequence(data);
    }

    private static long sequence(EslEvent event) {
      return event
          .header("Event-Sequence")
          .filter(text -> text.matches("\\d{1,18}"))
          .map(Long::parseLong)
          .orElse(0L);
    }

    private void deliver(EslEvent event) {
      EslCallListener receiver = listener;
      if (receiver != null) {
        tell(() -> receiver.event(event));
      } else if (early.size() < MAX_EARLY_EVENTS) {
        early.add(event);
      } else {
        options.metrics().overflowed();
        pipeline.fail(
            new EslOverflowException(
                "[" + pipeline.name() + "] too many events before the call was handed over"));
      }
    }

    private void tell(Runnable notification) {
      try {
        notification.run();
      } catch (RuntimeException e) {
        LOG.error("[{}] the listener failed", pipeline.name(), e);
      }
    }

    private void expectEnd(Duration timeout) {
      endReported = true;
      end.cancel(false);
      end = pipeline.later(timeout, this::endOfCall);
    }

    private void endOfCall() {
      endReported = true;
      if (!endPublished) {
        publishEnd();
        pipeline.send(new EslCommand.Exit()).whenComplete((answer, failure) -> pipeline.close());
        end.cancel(false);
        end = pipeline.later(END_TIMEOUT, pipeline::close);
      }
    }

    @Override
    public void closed(EslException reason) {
      end.cancel(false);
      handshakeTimer.cancel(false);
      claim.cancel(false);
      releaseClaim();
      if (!endReported && !refused && !closedHere) {
        logLoss(reason);
      }
      publishEnd();
      onClosed.accept(EslCall.this);
    }

    /**
     * Logs why the call was lost. If the caller hangs up during the handover, FreeSWITCH resets the
     * connection.
     */
    private void logLoss(EslException reason) {
      if (channelData == null && reason instanceof EslClosedException) {
        LOG.info("{}: the caller hung up before the call was handed over", reason.getMessage());
      } else {
        LOG.warn("{}: the call is lost", reason.getMessage());
      }
    }

    private void publishEnd() {
      if (endPublished) {
        return;
      }
      endPublished = true;
      hasEnded = true;
      failUnfinished();
      EslCallEnd end =
          new EslCallEnd(cause, disposition, !endReported, socketEnded && cause.isEmpty());
      EslCallListener receiver = listener;
      if (receiver != null) {
        tell(() -> receiver.ended(end));
      }
    }
  }
}
