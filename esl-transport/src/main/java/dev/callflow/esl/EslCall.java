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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that FreeSWITCH has handed over by its {@code socket} application ({@code async full}).
 *
 * <p>Safe for use by any thread. Fewer than {@value #MOST_UNFINISHED} applications may be
 * unfinished at once: FreeSWITCH holds 256 and closes the connection at one more. Events wait in a
 * queue of 2,000; a call whose listener is behind by that much is given up with {@link
 * EslOverflowException}.
 */
public final class EslCall {

  /** How many applications may be asked for and not finished. */
  public static final int MOST_UNFINISHED = 200;

  private static final Logger LOG = LoggerFactory.getLogger(EslCall.class);

  private static final int MOST_EVENTS_WAITING = 2_000;

  /** CHANNEL_HANGUP_COMPLETE follows a hang-up or a notice within milliseconds, if at all. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final Link link;
  private final Wire wire = new Wire();
  private final Duration greetingTimeout;
  private final List<String> events;
  private final List<String> subclasses;
  private final EslCallHandler handler;
  private final Consumer<EslCall> whenOver;
  private final Deliveries deliveries;
  private final Set<String> unfinished = ConcurrentHashMap.newKeySet();
  private volatile @Nullable EslEvent channelData;
  private volatile @Nullable EslCallListener listener;

  EslCall(
      InetSocketAddress peer,
      Duration greetingTimeout,
      List<String> events,
      List<String> subclasses,
      EslCallHandler handler,
      Consumer<EslCall> whenOver) {
    this.link = new Link(LinkName.of("outbound", peer), wire);
    this.greetingTimeout = greetingTimeout;
    this.events = events;
    this.subclasses = subclasses;
    this.handler = handler;
    this.whenOver = whenOver;
    this.deliveries = new Deliveries(link.name(), MOST_EVENTS_WAITING);
  }

  Link link() {
    return link;
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
    EslCommand.Execute command =
        new EslCommand.Execute(
            Optional.empty(), application, argument, UUID.randomUUID().toString(), true, 1);
    if (unfinished.size() >= MOST_UNFINISHED) {
      throw new EslOverflowException(
          "[" + link.name() + "] " + MOST_UNFINISHED + " applications are unfinished");
    }
    unfinished.add(command.eventUuid());
    post(command);
    return command.eventUuid();
  }

  /**
   * Sends a command and does not wait; a refusal is logged.
   *
   * @param command the command
   */
  public void post(EslCommand command) {
    link.send(command)
        .whenComplete((answer, failure) -> {
          if (answer instanceof CommandReply reply && !reply.ok()) {
            LOG.warn("[{}] {} was answered by {}", link.name(), command, reply.text());
          } else if (failure != null) {
            LOG.debug("[{}] {} could not be sent", link.name(), command, failure);
          }
        });
  }

  /**
   * Sends a command and waits for its reply.
   *
   * @param command the command; not an {@code api}
   * @param longest how long to wait
   * @return the reply, be it {@code +OK} or {@code -ERR}
   * @throws EslException if the connection is gone, or no answer comes in time
   */
  public CommandReply send(EslCommand command, Duration longest) {
    EslMessage answer = link.ask(command, longest);
    if (answer instanceof CommandReply reply) {
      return reply;
    }
    throw new EslProtocolException("[" + link.name() + "] an answer of another kind");
  }

  /**
   * Runs an api command and waits for its output.
   *
   * @param command its name
   * @param arguments its arguments, may be empty
   * @param longest how long to wait
   * @return its output
   * @throws EslException if the connection is gone, or no answer comes in time
   */
  public String api(String command, String arguments, Duration longest) {
    EslMessage answer = link.ask(new EslCommand.Api(command, arguments), longest);
    return answer instanceof ApiResponse response
        ? response.body()
        : answer instanceof CommandReply reply ? reply.text() : "";
  }

  /** Closes the connection; a call that is alive then goes on in the dialplan or is hung up. */
  public void close() {
    link.close();
  }

  /** The event loop's side: greets, watches for the end, passes events on. */
  private final class Wire implements Link.Owner {

    private Optional<String> cause = Optional.empty();
    private Optional<String> disposition = Optional.empty();
    private boolean over;
    private boolean gone;

    @Override
    public void opened() {
      link.later(
          greetingTimeout,
          () -> {
            if (channelData == null) {
              link.fail(
                  new EslConnectException(
                      "[" + link.name() + "] no channel data in " + greetingTimeout));
            }
          });
      // FreeSWITCH answers in order, and `connect` has to be the first (section 8.2).
      link.send(new EslCommand.Connect())
          .thenAccept(answer -> {
            if (answer instanceof CommandReply reply && reply.channelData().isPresent()) {
              channelData = reply.channelData().get();
            } else {
              link.fail(
                  new EslProtocolException(
                      "[" + link.name() + "] connect was not answered by a channel"));
            }
          });
      post(new EslCommand.Linger(OptionalInt.empty()));
      post(new EslCommand.MyEvents(Optional.empty()));
      link.send(EslCommand.events(events, subclasses)).thenAccept(this::handOver);
    }

    private void handOver(EslMessage answer) {
      if (answer instanceof CommandReply reply && !reply.ok()) {
        link.fail(
            new EslProtocolException(
                "[" + link.name() + "] the dialplan's socket needs 'full': " + reply.text()));
        return;
      }
      deliveries.start();
      offer(() -> listener = handler.handle(EslCall.this));
    }

    @Override
    public void received(EslMessage message) {
      switch (message) {
        case EslEvent event -> event(event);
        case DisconnectNotice notice -> ends(LONGEST_END);
        case LogData line -> LOG.debug("[{}] {}", link.name(), line.text().strip());
        case UnknownMessage unknown ->
            LOG.warn("[{}] a frame of type {}", link.name(), unknown.type());
        case AuthRequest other -> LOG.warn("[{}] {}", link.name(), other);
        case RudeRejection other -> LOG.warn("[{}] {}", link.name(), other);
        case CommandReply reply -> {}
        case ApiResponse response -> {}
      }
    }

    private void event(EslEvent event) {
      String name = event.name();
      if (name.equals("CHANNEL_EXECUTE_COMPLETE")) {
        event.header("Application-UUID").ifPresent(unfinished::remove);
      }
      offer(() -> {
        EslCallListener told = listener;
        if (told != null) {
          told.event(event);
        }
      });
      if (name.equals("CHANNEL_HANGUP") || name.equals("CHANNEL_HANGUP_COMPLETE")) {
        cause = event.header("Hangup-Cause").or(() -> cause);
        disposition = event.variable("sip_hangup_disposition").or(() -> disposition);
        if (name.equals("CHANNEL_HANGUP")) {
          ends(LONGEST_END);
        } else {
          over();
        }
      }
    }

    private void ends(Duration longest) {
      gone = true;
      link.later(longest, this::over);
    }

    private void over() {
      gone = true;
      if (!over) {
        tellEnd();
        link.send(new EslCommand.Exit()).whenComplete((answer, failure) -> link.close());
      }
    }

    @Override
    public void closed(EslException why) {
      if (!gone) {
        LOG.warn("lost: {}", why.getMessage());
      }
      tellEnd();
      whenOver.accept(EslCall.this);
    }

    private void tellEnd() {
      if (over) {
        return;
      }
      over = true;
      EslCallEnd end = new EslCallEnd(cause, disposition, !gone);
      deliveries.finish(() -> {
        EslCallListener told = listener;
        if (told != null) {
          told.ended(end);
        }
      });
    }

    private void offer(Runnable delivery) {
      if (!over && !deliveries.offer(delivery)) {
        link.fail(
            new EslOverflowException("[" + link.name() + "] the call's listener is too slow"));
      }
    }
  }
}
