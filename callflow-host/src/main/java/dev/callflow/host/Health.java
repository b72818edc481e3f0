package dev.callflow.host;

import java.time.Instant;
import java.util.List;

/**
 * The health of a running {@link Callflow} at one moment. Immutable.
 *
 * @param freeSwitches the FreeSWITCHes, in the order in which they were added
 * @param storeReachable whether the store of documents answers
 * @param rooms how many conferences are running, have callers outside, or are dialling
 * @param calls how many calls are in progress, not counting the participants whom a room has
 *     dialled or who were in a room before the process started
 * @param closing whether Callflow is closing or closed, and so accepts no calls
 */
public record Health(
    List<Link> freeSwitches, boolean storeReachable, int rooms, int calls, boolean closing) {

  /**
   * The control connection to a FreeSWITCH.
   *
   * @param name the name of the FreeSWITCH
   * @param connected whether the connection is up
   * @param since when it was opened or lost, or when Callflow started if it has never been up
   */
  public record Link(String name, boolean connected, Instant since) {}

  /** Copies the list. */
  public Health {
    freeSwitches = List.copyOf(freeSwitches);
  }

  /**
   * Returns whether calls can be handled: Callflow is not closing, the store answers, and at least
   * one FreeSWITCH is connected.
   *
   * @return whether calls can be handled
   */
  public boolean ready() {
    return !closing && storeReachable && freeSwitches.stream().anyMatch(Link::connected);
  }
}
