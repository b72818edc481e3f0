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

/**
 * A switch in memory: channels that execute applications, media with lengths, rooms.
 *
 * <p>Answering, joining, being put out and hanging up take no time; only media, sleeping and
 * waiting for keys do. Safe for use by any thread; no method blocks. What comes of an order is told
 * to the listeners before the order returns, or later when time has passed.
 *
 * <p>A channel or room that does not exist (any more) makes an order do nothing, unless said
 * otherwise.
 */
public final class SimulatedSwitch {

  private final SwitchLock lock;
  private final SwitchSettings settings;
  private final MediaShelf media;
  private final ApplicationStarter starter;
  private final SimRooms rooms;
  private final Map<String, Line> lines = new LinkedHashMap<>();

  /** A channel and what it executes. */
  private record Line(Channel channel, Executions executions) {}

  /**
   * Starts a switch without channels and rooms.
   *
   * @param time by which everything that takes time is timed
   * @param settings how it is set up
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
   * Asks to be told everything that happens from now on.
   *
   * @param listener gets the events in order, one at a time, on whichever thread caused them, while
   *     the switch is kept still for all others; must not block, and may give orders
   */
  public void listen(Consumer<SwitchEvent> listener) {
    lock.listen(listener);
  }

  /**
   * Asks to be told every event of one type from now on, on the same terms as {@link
   * #listen(Consumer)}. Listeners are told in the order in which they have asked.
   *
   * @param type the type of the events
   * @param listener gets them
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
   * Returns the id of the switch's process.
   *
   * @return FreeSWITCH's Core-UUID
   */
  public String coreUuid() {
    return settings.coreUuid();
  }

  /**
   * Returns the rooms.
   *
   * @return what can be asked of them and done with them
   */
  public SimRooms rooms() {
    return rooms;
  }

  /**
   * Finds a channel.
   *
   * @param channel its uuid
   * @return the channel, or empty if there is none
   */
  public Optional<ChannelState> channel(String channel) {
    return lock.get(
        () -> Optional.ofNullable(lines.get(channel)).map(line -> line.channel().state()));
  }

  /**
   * Lists the channels.
   *
   * @return the channels in the order of their arrival
   */
  public List<ChannelState> channels() {
    return lock.get(() -> lines.values().stream().map(line -> line.channel().state()).toList());
  }

  /**
   * Lets a call arrive; it rings until somebody executes something on it.
   *
   * @param call the call
   * @throws IllegalArgumentException if its uuid is in use
   */
  public void arrive(NewChannel call) {
    lock.run(() -> create(call, false));
  }

  /**
   * Places a call; after its answer it is silent until somebody executes something on it.
   *
   * @param call the call
   * @param farEnd how the dialled party behaves
   * @param patience for how long it may ring; then it ends with NO_ANSWER
   * @throws IllegalArgumentException if its uuid is in use
   */
  public void dial(NewChannel call, FarEnd farEnd, Duration patience) {
    lock.run(() -> {
      Channel channel = create(call, true);
      switch (farEnd) {
        case FarEnd.Refuses(HangupCause cause) -> channel.hangUp(EndedBy.CALLEE, cause);
        case FarEnd.Answers(Duration after) when after.compareTo(patience) < 0 -> {
          channel.ring();
          lock.after(after, "answer " + call.uuid(), channel::answer);
        }
        case FarEnd.Answers late -> giveUp(channel, patience);
        case FarEnd.NeverAnswers never -> giveUp(channel, patience);
        case FarEnd.OtherHalf half -> endAfter(channel, patience);
      }
    });
  }

  private void giveUp(Channel channel, Duration patience) {
    channel.ring();
    endAfter(channel, patience);
  }

  private void endAfter(Channel channel, Duration patience) {
    lock.after(
        patience,
        "no answer " + channel.uuid(),
        () -> {
          if (!channel.answered()) {
            channel.hangUp(EndedBy.SWITCH, new HangupCause("NO_ANSWER"));
          }
        });
  }

  private Channel create(NewChannel call, boolean outbound) {
    Channel channel = new Channel(lock, call, outbound, () -> lines.remove(call.uuid()));
    Line line = new Line(channel, Executions.of(lock, channel, starter::start));
    if (lines.putIfAbsent(call.uuid(), line) != null) {
      throw new IllegalArgumentException("there is a channel with the uuid " + call.uuid());
    }
    lock.emit(new SwitchEvent.Arrived(channel.state()));
    return channel;
  }

  /**
   * Answers a channel, if it rings.
   *
   * @param channel the channel
   */
  public void answer(String channel) {
    on(channel, line -> line.channel().answer());
  }

  /**
   * Lets a channel ring.
   *
   * @param channel the channel
   */
  public void ring(String channel) {
    on(channel, line -> line.channel().ring());
  }

  /**
   * Makes an id for a channel.
   *
   * @return an id that nothing else has
   */
  public String newUuid() {
    return lock.get(() -> settings.ids().get());
  }

  /**
   * Lists what has been recorded here, of callers and of rooms, and is not discarded.
   *
   * @return the files
   */
  public Set<String> recordings() {
    return lock.get(media::recordings);
  }

  /**
   * Deletes a recording.
   *
   * @param path the file
   */
  public void discard(String path) {
    lock.run(() -> media.discard(path));
  }

  /**
   * Executes an application on a channel, or lets it wait for a locked one.
   *
   * @param channel the channel
   * @param execution the application
   */
  public void execute(String channel, Execution execution) {
    execute(channel, execution, () -> {});
  }

  /**
   * Executes an application on a channel, or lets it wait for a locked one.
   *
   * @param channel the channel
   * @param execution the application
   * @param over is run once, when it has ended for good or it is certain that it never starts,
   *     after the events that tell so; on whichever thread caused that, and must not block
   */
  public void execute(String channel, Execution execution, Runnable over) {
    lock.run(() -> {
      Line found = lines.get(channel);
      if (found == null) {
        lock.whenTold(over);
      } else {
        found.executions().execute(execution, over);
      }
    });
  }

  /**
   * Ends one application before its time, running or still waiting.
   *
   * @param channel the channel
   * @param execution the execution's id
   */
  public void stop(String channel, String execution) {
    on(channel, line -> line.executions().stop(execution));
  }

  /**
   * Ends everything that plays to a channel (uuid_break).
   *
   * @param channel the channel
   * @param all whether what waits is dropped, too
   */
  public void stopPlaying(String channel, boolean all) {
    on(channel, line -> line.executions().stopPlaying(all));
  }

  /**
   * Ends an {@link Application.External}, an {@link Application.Park} or an {@link
   * Application.Echo}: at once, or as soon as what runs inside it has ended.
   *
   * @param channel the channel
   * @param execution the execution's id
   * @param response what it answers
   */
  public void finish(String channel, String execution, String response) {
    on(channel, line -> line.executions().finish(execution, response));
  }

  /**
   * Sends a channel to another extension, away from what it executes (uuid_transfer).
   *
   * @param channel the channel
   * @param number the extension
   */
  public void transfer(String channel, String number) {
    on(channel, line -> line.channel().transfer(number, false));
  }

  /**
   * Sends a channel to applications, away from what it executes (uuid_transfer … inline).
   *
   * @param channel the channel
   * @param applications the applications, as the inline dialplan has them: {@code
   *     set:a=b,playback:x}
   */
  public void transferInline(String channel, String applications) {
    on(channel, line -> line.channel().transfer(applications, true));
  }

  /**
   * Ends a channel at once, whatever it executes.
   *
   * @param channel the channel
   * @param by who ends it
   * @param cause why
   */
  public void hangUp(String channel, EndedBy by, HangupCause cause) {
    on(channel, line -> line.channel().hangUp(by, cause));
  }

  /**
   * Lets a channel hang up when its turn has come: at once, or behind a locked application and what
   * waits for it (sendmsg hangup).
   *
   * @param channel the channel
   * @param cause why
   */
  public void hangUpInTurn(String channel, HangupCause cause) {
    on(channel, line -> line.executions().hangUp(cause));
  }

  /**
   * Sets variables of a channel from outside (uuid_setvar); nothing is executed.
   *
   * @param channel the channel
   * @param variables values by name; an empty value unsets
   */
  public void assign(String channel, Map<String, String> variables) {
    on(channel, line -> line.channel().assign(variables));
  }

  /**
   * Takes a party that was called for the caller of what it executes from now on, as FreeSWITCH
   * does: caller and callee change places.
   *
   * @param channel the channel
   */
  public void turnRound(String channel) {
    on(channel, line -> line.channel().turnRound());
  }

  /**
   * Lets the far end press a key.
   *
   * @param channel the channel
   * @param key one of {@code 0-9 * # A-D}
   */
  public void press(String channel, char key) {
    on(channel, line -> line.channel().press(key));
  }

  /**
   * Lets the far end talk from now on.
   *
   * @param channel the channel
   * @param length for how long
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
