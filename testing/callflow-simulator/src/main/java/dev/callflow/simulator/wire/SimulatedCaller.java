package dev.callflow.simulator.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.wire.call.History;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who calls the simulated FreeSWITCH, in real time.
 *
 * <p>Safe for use by any thread; the waiting methods block for as long as they say.
 */
public final class SimulatedCaller {

  private final NewChannel call;
  private final SimulatedSwitch model;
  private final History history;

  SimulatedCaller(NewChannel call, SimulatedSwitch model, History history) {
    this.call = call;
    this.model = model;
    this.history = history;
  }

  /**
   * Returns the id of the caller's channel.
   *
   * @return its uuid
   */
  public String uuid() {
    return call.uuid();
  }

  /**
   * Returns the caller's name.
   *
   * @return the name
   */
  public String name() {
    return call.callerName();
  }

  /**
   * Returns the caller's number.
   *
   * @return the number
   */
  public String number() {
    return call.callerNumber();
  }

  NewChannel call() {
    return call;
  }

  /**
   * Presses keys, a tenth of a second apart; blocks until the last one.
   *
   * @param keys digits, {@code *} and {@code #}
   */
  public void press(String keys) {
    for (char key : keys.toCharArray()) {
      model.press(uuid(), key);
      history.await(Duration.ofMillis(100), () -> false);
    }
  }

  /**
   * Talks from now on.
   *
   * @param length for how long
   */
  public void talk(Duration length) {
    model.talk(uuid(), length);
  }

  /** Hangs up. */
  public void hangUp() {
    boolean answered =
        model.channel(uuid()).map(channel -> channel.answeredAt() != null).orElse(true);
    model.hangUp(
        uuid(),
        EndedBy.CALLER,
        answered ? HangupCause.NORMAL_CLEARING : HangupCause.ORIGINATOR_CANCEL);
  }

  /**
   * Returns what was played to the caller outside of rooms.
   *
   * @return the files, in order
   */
  public List<String> heard() {
    return history.heard(uuid());
  }

  /**
   * Waits until something begins to play to the caller.
   *
   * @param what a part of the file's name
   * @param times how often it must have been played in all
   * @param longest how long to wait
   * @return whether it was played
   */
  public boolean awaitHeard(String what, int times, Duration longest) {
    return history.await(
        longest, () -> heard().stream().filter(file -> file.contains(what)).count() >= times);
  }

  /**
   * Waits until the caller is in a room.
   *
   * @param longest how long to wait
   * @return whether the caller is, or was
   */
  public boolean awaitJoined(Duration longest) {
    return history.await(longest, () -> history.hasJoined(uuid()));
  }

  /**
   * Waits until the call is over.
   *
   * @param longest how long to wait
   * @return whether it is
   */
  public boolean awaitEnded(Duration longest) {
    return history.await(longest, () -> cause().isPresent());
  }

  /**
   * Returns why the call ended.
   *
   * @return the cause's name; empty if it has not ended
   */
  public Optional<String> cause() {
    return history.cause(uuid());
  }

  /**
   * Shows the caller's channel.
   *
   * @return the channel; empty if it has ended
   */
  public Optional<ChannelState> channel() {
    return model.channel(uuid());
  }
}
