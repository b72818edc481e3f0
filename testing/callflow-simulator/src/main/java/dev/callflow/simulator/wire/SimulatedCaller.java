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
import java.util.function.BooleanSupplier;

/**
 * A caller of the simulated FreeSWITCH, for tests in real time.
 *
 * <p>Thread-safe. The {@code await…} methods block for at most their timeout.
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
   * Returns the UUID of the caller's channel.
   *
   * @return the UUID
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
   * Presses keys, 100 ms apart; blocks until the last one has been pressed.
   *
   * @param keys the keys: digits, {@code *} and {@code #}
   */
  public void press(String keys) {
    for (char key : keys.toCharArray()) {
      model.press(uuid(), key);
      history.await(Duration.ofMillis(100), () -> false);
    }
  }

  /**
   * Starts to talk.
   *
   * @param length how long to talk
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
   * Returns the files that were played to the caller while they were not in a room.
   *
   * @return the files, in the order in which their playback started
   */
  public List<String> heard() {
    return history.heard(uuid());
  }

  /**
   * Waits until playback of a file to the caller has started a given number of times, or the call
   * has ended.
   *
   * @param part a part of the file's name
   * @param times the required number of playbacks since the call began
   * @param timeout the maximum time to wait
   * @return whether the playback started that many times
   */
  public boolean awaitHeard(String part, int times, Duration timeout) {
    return awaitInCall(
        timeout, () -> heard().stream().filter(file -> file.contains(part)).count() >= times);
  }

  /**
   * Waits until the caller has joined a room, or the call has ended.
   *
   * @param timeout the maximum time to wait
   * @return whether the caller has joined a room
   */
  public boolean awaitJoined(Duration timeout) {
    return awaitInCall(timeout, () -> history.hasJoined(uuid()));
  }

  /** Waits for something that cannot happen any more after the call has ended. */
  private boolean awaitInCall(Duration timeout, BooleanSupplier happened) {
    history.await(timeout, () -> happened.getAsBoolean() || cause().isPresent());
    return happened.getAsBoolean();
  }

  /**
   * Waits until the call has ended.
   *
   * @param timeout the maximum time to wait
   * @return whether the call has ended
   */
  public boolean awaitEnded(Duration timeout) {
    return history.await(timeout, () -> cause().isPresent());
  }

  /**
   * Returns the hangup cause of the call.
   *
   * @return the cause's name; empty if the call has not ended
   */
  public Optional<String> cause() {
    return history.cause(uuid());
  }

  /**
   * Returns the caller's channel.
   *
   * @return the channel; empty if the call has ended
   */
  public Optional<ChannelState> channel() {
    return model.channel(uuid());
  }
}
