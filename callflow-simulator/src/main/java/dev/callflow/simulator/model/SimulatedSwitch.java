package dev.callflow.simulator.model;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
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

  private final Guard guard;
  private final World world;
  private final Rooms rooms;

  /**
   * Starts a switch without channels and rooms.
   *
   * @param time by which everything that takes time is timed
   * @param settings how it is set up
   */
  public SimulatedSwitch(TimeSource time, SwitchSettings settings) {
    this.guard = new Guard(time);
    this.world = new World(settings);
    this.rooms = new Rooms(guard, world);
  }

  /**
   * Asks to be told everything that happens from now on.
   *
   * @param listener gets the events in order, one at a time, on whichever thread caused them, while
   *     the switch is kept still for all others; must not block, and may give orders
   */
  public void listen(Consumer<SwitchEvent> listener) {
    guard.listen(listener);
  }

  /**
   * Returns the id of the switch's process.
   *
   * @return FreeSWITCH's Core-UUID
   */
  public String coreUuid() {
    return world.settings().coreUuid();
  }

  /**
   * Returns the rooms.
   *
   * @return what can be asked of them and done with them
   */
  public Rooms rooms() {
    return rooms;
  }

  /**
   * Finds a channel.
   *
   * @param channel its uuid
   * @return the channel, or empty if there is none
   */
  public Optional<ChannelState> channel(String channel) {
    return guard.get(() -> Optional.ofNullable(world.channels().get(channel)).map(Channel::state));
  }

  /**
   * Lists the channels.
   *
   * @return the channels in the order of their arrival
   */
  public List<ChannelState> channels() {
    return guard.get(() -> world.channels().values().stream().map(Channel::state).toList());
  }

  /**
   * Lets a call arrive; it rings until somebody executes something on it.
   *
   * @param call the call
   * @throws IllegalArgumentException if its uuid is in use
   */
  public void arrive(NewChannel call) {
    guard.run(() -> create(call, false));
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
    guard.run(() -> {
      Channel channel = create(call, true);
      switch (farEnd) {
        case FarEnd.Refuses(HangupCause cause) -> channel.hangUp(EndedBy.CALLEE, cause);
        case FarEnd.Answers(Duration after) when after.compareTo(patience) < 0 -> {
          channel.ring();
          guard.after(after, "answer " + call.uuid(), channel::answer);
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
    guard.after(
        patience,
        "no answer " + channel.uuid(),
        () -> {
          if (!channel.answered()) {
            channel.hangUp(EndedBy.SWITCH, new HangupCause("NO_ANSWER"));
          }
        });
  }

  private Channel create(NewChannel call, boolean outbound) {
    Channel channel = new Channel(guard, world, call, outbound);
    if (world.channels().putIfAbsent(call.uuid(), channel) != null) {
      throw new IllegalArgumentException("there is a channel with the uuid " + call.uuid());
    }
    guard.emit(new SwitchEvent.Arrived(channel.state()));
    return channel;
  }

  /**
   * Answers a channel, if it rings.
   *
   * @param channel the channel
   */
  public void answer(String channel) {
    on(channel, Channel::answer);
  }

  /**
   * Lets a channel ring.
   *
   * @param channel the channel
   */
  public void ring(String channel) {
    on(channel, Channel::ring);
  }

  /**
   * Makes an id for a channel.
   *
   * @return an id that nothing else has
   */
  public String newUuid() {
    return guard.get(() -> world.settings().ids().get());
  }

  /**
   * Lists what has been recorded here, of callers and of rooms, and is not discarded.
   *
   * @return the files
   */
  public Set<String> recordings() {
    return guard.get(world::recordings);
  }

  /**
   * Deletes a recording.
   *
   * @param path the file
   */
  public void discard(String path) {
    guard.run(() -> world.discard(path));
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
    guard.run(() -> {
      Channel found = world.channels().get(channel);
      if (found == null) {
        guard.whenTold(over);
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
    on(channel, each -> each.executions().stop(execution));
  }

  /**
   * Ends everything that plays to a channel (uuid_break).
   *
   * @param channel the channel
   * @param all whether what waits is dropped, too
   */
  public void stopPlaying(String channel, boolean all) {
    on(channel, each -> each.executions().stopPlaying(all));
  }

  /**
   * Ends an {@link Application.Elsewhere}, an {@link Application.Park} or an {@link
   * Application.Echo}: at once, or as soon as what runs inside it has ended.
   *
   * @param channel the channel
   * @param execution the execution's id
   * @param response what it answers
   */
  public void finish(String channel, String execution, String response) {
    on(channel, each -> each.executions().finish(execution, response));
  }

  /**
   * Sends a channel to another extension, away from what it executes (uuid_transfer).
   *
   * @param channel the channel
   * @param number the extension
   */
  public void transfer(String channel, String number) {
    on(channel, each -> each.transfer(number, false));
  }

  /**
   * Sends a channel to applications, away from what it executes (uuid_transfer … inline).
   *
   * @param channel the channel
   * @param applications the applications, as the inline dialplan has them: {@code
   *     set:a=b,playback:x}
   */
  public void transferInline(String channel, String applications) {
    on(channel, each -> each.transfer(applications, true));
  }

  /**
   * Ends a channel at once, whatever it executes.
   *
   * @param channel the channel
   * @param by who ends it
   * @param cause why
   */
  public void hangUp(String channel, EndedBy by, HangupCause cause) {
    on(channel, each -> each.hangUp(by, cause));
  }

  /**
   * Lets a channel hang up when its turn has come: at once, or behind a locked application and what
   * waits for it (sendmsg hangup).
   *
   * @param channel the channel
   * @param cause why
   */
  public void hangUpInTurn(String channel, HangupCause cause) {
    on(channel, each -> each.executions().hangUp(cause));
  }

  /**
   * Sets variables of a channel from outside (uuid_setvar); nothing is executed.
   *
   * @param channel the channel
   * @param variables values by name; an empty value unsets
   */
  public void assign(String channel, Map<String, String> variables) {
    on(channel, each -> each.assign(variables));
  }

  /**
   * Takes a party that was called for the caller of what it executes from now on, as FreeSWITCH
   * does: caller and callee change places.
   *
   * @param channel the channel
   */
  public void turnRound(String channel) {
    on(channel, Channel::turnRound);
  }

  /**
   * Lets the far end press a key.
   *
   * @param channel the channel
   * @param key one of {@code 0-9 * # A-D}
   */
  public void press(String channel, char key) {
    on(channel, each -> each.press(key));
  }

  /**
   * Lets the far end talk from now on.
   *
   * @param channel the channel
   * @param length for how long
   */
  public void talk(String channel, Duration length) {
    on(channel, each -> each.talk(length));
  }

  private void on(String channel, Consumer<Channel> order) {
    guard.run(() -> {
      Channel found = world.channels().get(channel);
      if (found != null) {
        order.accept(found);
      }
    });
  }
}
