package dev.callflow.simulator;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.channel.Channel;
import dev.callflow.simulator.channel.Executions;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.room.OpenRooms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An in-memory switch with channels, rooms and media. Channels execute applications; media have a
 * length, but no content.
 *
 * <p>Playing, recording, sleeping, ringing and waiting for keys take time; answering, joining,
 * kicking and hanging up do not, unless the settings have {@linkplain SwitchSettings#delays
 * delays}. All methods are thread-safe and do not block. Listeners receive the events of a command
 * before the command returns; events of effects that take time follow once that time has passed.
 *
 * <p>Unless documented otherwise, a command for a channel or room that does not exist has no
 * effect.
 */
public final class SimulatedSwitch {

  /** How long a key is pressed unless a length is given, as in FreeSWITCH. */
  public static final Duration KEY_LENGTH = Duration.ofMillis(250);

  private final SwitchLock lock;
  private final SwitchSettings settings;
  private final MediaShelf media;
  private final ApplicationStarter starter;
  private final SimRooms rooms;
  private final Map<String, Line> lines = new LinkedHashMap<>();

  /** A channel and its executions. */
  private record Line(Channel channel, Executions executions) {}

  /**
   * Creates a switch without channels or rooms.
   *
   * @param time the time source of the switch
   * @param settings the switch's settings
   */
  public SimulatedSwitch(TimeSource time, SwitchSettings settings) {
    this.lock = new SwitchLock(time);
    this.settings = settings;
    this.media = new MediaShelf(settings.media());
    OpenRooms open = new OpenRooms(lock, settings, media);
    this.starter = new ApplicationStarter(open, media, settings.refusesJoins());
    this.rooms = new SimRooms(lock, open);
  }

  /**
   * Adds a listener for all future events.
   *
   * @param listener receives the events in order, one at a time, on the thread that caused them and
   *     while that thread holds the switch's lock; must not block, and may send commands to the
   *     switch
   */
  public void listen(Consumer<SwitchEvent> listener) {
    lock.listen(listener);
  }

  /**
   * Adds a listener for all future events of one type, under the same rules as {@link
   * #listen(Consumer)}. Listeners receive events in the order in which the listeners were added.
   *
   * @param type the type of the events
   * @param listener receives the events
   * @param <E> the type of the events
   */
  public <E extends SwitchEvent> void listen(Class<E> type, Consumer<E> listener) {
    lock.listen(event -> {
      if (type.isInstance(event)) {
        listener.accept(type.cast(event));
      }
    });
  }

  /**
   * Returns the ID of the switch's process.
   *
   * @return the ID, which FreeSWITCH calls Core-UUID
   */
  public String coreUuid() {
    return settings.coreUuid();
  }

  /**
   * Returns the queries and commands for the rooms of this switch.
   *
   * @return the rooms
   */
  public SimRooms rooms() {
    return rooms;
  }

  /**
   * Finds a channel.
   *
   * @param channel the channel's UUID
   * @return the channel, or empty if there is none
   */
  public Optional<ChannelState> channel(String channel) {
    return lock.get(
        () -> Optional.ofNullable(lines.get(channel)).map(line -> line.channel().state()));
  }

  /**
   * Lists the channels.
   *
   * @return the channels in the order in which they were created
   */
  public List<ChannelState> channels() {
    return lock.get(() -> lines.values().stream().map(line -> line.channel().state()).toList());
  }

  /**
   * Creates the channel of an incoming call. The channel rings until it is answered.
   *
   * @param call the call
   * @throws IllegalArgumentException if the call's UUID is in use
   */
  public void arrive(NewChannel call) {
    lock.run(() -> create(call, false));
  }

  /**
   * Places a call. Once answered, the channel is silent until an application is executed on it.
   *
   * @param call the call
   * @param farEnd how the dialled party behaves
   * @param timeout the maximum ringing time, after which the call ends with {@code NO_ANSWER}
   * @throws IllegalArgumentException if the call's UUID is in use
   */
  public void dial(NewChannel call, FarEnd farEnd, Duration timeout) {
    lock.run(() -> {
      Channel channel = create(call, true);
      switch (farEnd) {
        case FarEnd.Refuses(HangupCause cause) -> channel.hangUp(EndedBy.CALLEE, cause);
        case FarEnd.Answers(Duration after) when after.compareTo(timeout) < 0 -> {
          channel.ring();
          lock.after(after, "answer " + call.uuid(), channel::answer);
        }
        case FarEnd.Answers late -> giveUp(channel, timeout);
        case FarEnd.NeverAnswers never -> giveUp(channel, timeout);
        case FarEnd.OtherHalf half -> endAfter(channel, timeout);
      }
    });
  }

  private void giveUp(Channel channel, Duration timeout) {
    channel.ring();
    endAfter(channel, timeout);
  }

  private void endAfter(Channel channel, Duration timeout) {
    lock.after(
        timeout,
        "no answer " + channel.uuid(),
        () -> {
          if (!channel.answered()) {
            channel.hangUp(EndedBy.SWITCH, new HangupCause("NO_ANSWER"));
          }
        });
  }

  private Channel create(NewChannel call, boolean outbound) {
    Channel channel = new Channel(lock, call, outbound, () -> lines.remove(call.uuid()));
    Line line = new Line(channel, Executions.of(lock, channel, starter::start, settings.delays()));
    if (lines.putIfAbsent(call.uuid(), line) != null) {
      throw new IllegalArgumentException("a channel with UUID " + call.uuid() + " already exists");
    }
    lock.emit(new SwitchEvent.Arrived(channel.state()));
    return channel;
  }

  /**
   * Answers a channel if it has not been answered yet.
   *
   * @param channel the channel
   */
  public void answer(String channel) {
    on(channel, line -> line.channel().answer());
  }

  /**
   * Starts early media on a channel, unless they have started or the channel has been answered.
   *
   * @param channel the channel
   */
  public void preAnswer(String channel) {
    on(channel, line -> line.channel().preAnswer());
  }

  /**
   * Signals ringing on a channel, unless it has rung before or the far end hears early media.
   *
   * @param channel the channel
   */
  public void ring(String channel) {
    on(channel, line -> line.channel().ring());
  }

  /**
   * Returns an unused channel UUID.
   *
   * @return the UUID
   */
  public String newUuid() {
    return lock.get(() -> settings.ids().get());
  }

  /**
   * Lists all recordings of callers and rooms, except those that were deleted.
   *
   * @return the paths of the recordings
   */
  public Set<String> recordings() {
    return lock.get(media::recordings);
  }

  /**
   * Deletes a recording.
   *
   * @param path the path of the recording
   */
  public void discard(String path) {
    lock.run(() -> media.discard(path));
  }

  /**
   * Executes an application on a channel, or queues it if a locked application is running.
   *
   * @param channel the channel
   * @param execution the application
   */
  public void execute(String channel, Execution execution) {
    execute(channel, execution, () -> {});
  }

  /**
   * Executes an application on a channel, or queues it if a locked application is running.
   *
   * @param channel the channel
   * @param execution the application
   * @param onEnd called once, when the application has ended for good or can no longer start. Runs
   *     after the corresponding events, on the thread that caused them; must not block
   */
  public void execute(String channel, Execution execution, Runnable onEnd) {
    lock.run(() -> {
      Line found = lines.get(channel);
      if (found == null) {
        lock.afterEvents(onEnd);
      } else {
        found.executions().execute(execution, onEnd);
      }
    });
  }

  /**
   * Executes an application as if a client had sent a message to the channel ({@code sendmsg}). The
   * channel receives messages in the order in which they were sent, after the switch's {@linkplain
   * SwitchSettings#delays delays}; a hangup can overtake them.
   *
   * @param channel the channel
   * @param execution the application
   */
  public void send(String channel, Execution execution) {
    send(channel, execution, state -> execution.what());
  }

  /**
   * Executes an application like {@link #send(String, Execution)}, if what it does depends on the
   * channel's variables at its start.
   *
   * @param channel the channel
   * @param execution the application
   * @param atStart returns the application for the state of the channel at the start; called while
   *     the switch's lock is held, must not block
   */
  public void send(
      String channel, Execution execution, Function<ChannelState, Application> atStart) {
    on(channel, line -> line.executions().send(execution, atStart));
  }

  /**
   * Stops a running application, or removes an application from the queue.
   *
   * @param channel the channel
   * @param execution the execution's ID
   */
  public void stop(String channel, String execution) {
    on(channel, line -> line.executions().stop(execution));
  }

  /**
   * Stops all playback on a channel ({@code uuid_break}).
   *
   * @param channel the channel
   * @param all whether to drop the queued applications as well
   */
  public void stopPlaying(String channel, boolean all) {
    on(channel, line -> line.executions().stopPlaying(all));
  }

  /**
   * Ends an {@link Application.External}, an {@link Application.Park} or an {@link
   * Application.Echo}: at once, or as soon as the application that runs inside it has ended.
   *
   * @param channel the channel
   * @param execution the execution's ID
   * @param response the application's response
   */
  public void finish(String channel, String execution, String response) {
    on(channel, line -> line.executions().finish(execution, response));
  }

  /**
   * Ends all applications of a channel and transfers it to another extension ({@code
   * uuid_transfer}).
   *
   * @param channel the channel
   * @param number the extension
   */
  public void transfer(String channel, String number) {
    on(channel, line -> line.channel().transfer(number, false));
  }

  /**
   * Ends all applications of a channel and transfers it to a list of applications ({@code
   * uuid_transfer … inline}).
   *
   * @param channel the channel
   * @param applications the applications, written as for the inline dialplan: {@code
   *     set:a=b,playback:x}
   */
  public void transferInline(String channel, String applications) {
    on(channel, line -> line.channel().transfer(applications, true));
  }

  /**
   * Hangs up a channel at once.
   *
   * @param channel the channel
   * @param by the party that ends the call
   * @param cause the hangup cause
   */
  public void hangUp(String channel, EndedBy by, HangupCause cause) {
    on(channel, line -> line.channel().hangUp(by, cause));
  }

  /**
   * Queues a hangup behind the running locked application and everything that is already queued. If
   * no locked application is running, hangs up as soon as the channel receives the message ({@code
   * sendmsg hangup}; see {@link #send}).
   *
   * @param channel the channel
   * @param cause the hangup cause
   */
  public void hangUpInTurn(String channel, HangupCause cause) {
    on(channel, line -> line.executions().hangUp(cause));
  }

  /**
   * Sets variables of a channel without executing an application ({@code uuid_setvar}).
   *
   * @param channel the channel
   * @param variables the values by name; an empty value unsets the variable
   */
  public void assign(String channel, Map<String, String> variables) {
    on(channel, line -> line.channel().assign(variables));
  }

  /**
   * Swaps the caller and the callee of a channel, as FreeSWITCH does when a dialled party starts
   * executing applications.
   *
   * @param channel the channel
   */
  public void swapParties(String channel) {
    on(channel, line -> line.channel().swapParties());
  }

  /**
   * Presses a key at the far end of a channel for a quarter of a second.
   *
   * @param channel the channel
   * @param key one of {@code 0-9 * # A-D}
   */
  public void press(String channel, char key) {
    press(channel, key, KEY_LENGTH);
  }

  /**
   * Presses a key at the far end of a channel.
   *
   * @param channel the channel
   * @param key one of {@code 0-9 * # A-D}
   * @param length how long the key is pressed; only reported, takes no time
   */
  public void press(String channel, char key, Duration length) {
    on(channel, line -> line.channel().press(key, length, line.channel().keySource()));
  }

  /**
   * Lets a channel receive a key from a command, as if its far end had pressed it ({@code
   * uuid_recv_dtmf}).
   *
   * @param channel the channel
   * @param key one of {@code 0-9 * # A-D}
   * @param length how long the key is pressed; only reported, takes no time
   */
  public void receive(String channel, char key, Duration length) {
    on(channel, line -> line.channel().press(key, length, SwitchEvent.KeySource.APP));
  }

  /**
   * Makes the far end of a channel talk for a given time, starting now.
   *
   * @param channel the channel
   * @param length how long to talk
   */
  public void talk(String channel, Duration length) {
    on(channel, line -> line.channel().talk(length));
  }

  private void on(String channel, Consumer<Line> order) {
    lock.run(() -> {
      Line found = lines.get(channel);
      if (found != null) {
        order.accept(found);
      }
    });
  }
}
