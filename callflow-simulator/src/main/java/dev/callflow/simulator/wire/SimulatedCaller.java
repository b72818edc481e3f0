package dev.callflow.simulator.wire;

import dev.callflow.simulator.model.ChannelState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who calls the simulated FreeSWITCH, in real time.
 *
 * <p>Safe for use by any thread; the waiting methods block for as long as they say.
 */
public final class SimulatedCaller {

  private final String uuid;
  private final String number;
  private final String name;
  private final String dialled;
  private final SimulatedFreeSwitch freeSwitch;

  SimulatedCaller(
      String uuid, String number, String name, String dialled, SimulatedFreeSwitch freeSwitch) {
    this.uuid = uuid;
    this.number = number;
    this.name = name;
    this.dialled = dialled;
    this.freeSwitch = freeSwitch;
  }

  /**
   * Returns the id of the caller's channel.
   *
   * @return its uuid
   */
  public String uuid() {
    return uuid;
  }

  /**
   * Returns the caller's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns the caller's number.
   *
   * @return the number
   */
  public String number() {
    return number;
  }

  String dialled() {
    return dialled;
  }

  /**
   * Presses keys, a tenth of a second apart; blocks until the last one.
   *
   * @param keys digits, {@code *} and {@code #}
   */
  public void press(String keys) {
    for (char key : keys.toCharArray()) {
      freeSwitch.model().press(uuid, key);
      freeSwitch.history().await(Duration.ofMillis(100), () -> false);
    }
  }

  /**
   * Talks from now on.
   *
   * @param length for how long
   */
  public void talk(Duration length) {
    freeSwitch.model().talk(uuid, length);
  }

  /** Hangs up. */
  public void hangUp() {
    freeSwitch.hangUp(uuid);
  }

  /**
   * Returns what was played to the caller outside of rooms.
   *
   * @return the files, in order
   */
  public List<String> heard() {
    return freeSwitch.history().heard(uuid);
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
    return freeSwitch
        .history()
        .await(
            longest, () -> heard().stream().filter(file -> file.contains(what)).count() >= times);
  }

  /**
   * Waits until the caller is in a room.
   *
   * @param longest how long to wait
   * @return whether he is, or was
   */
  public boolean awaitJoined(Duration longest) {
    return freeSwitch.history().await(longest, () -> freeSwitch.history().hasJoined(uuid));
  }

  /**
   * Waits until the call is over.
   *
   * @param longest how long to wait
   * @return whether it is
   */
  public boolean awaitEnded(Duration longest) {
    return freeSwitch.history().await(longest, () -> cause().isPresent());
  }

  /**
   * Returns why the call ended.
   *
   * @return the cause's name; empty if it has not ended
   */
  public Optional<String> cause() {
    return freeSwitch.history().cause(uuid);
  }

  /**
   * Shows the caller's channel.
   *
   * @return the channel; empty if it has ended
   */
  public Optional<ChannelState> channel() {
    return freeSwitch.model().channel(uuid);
  }
}
