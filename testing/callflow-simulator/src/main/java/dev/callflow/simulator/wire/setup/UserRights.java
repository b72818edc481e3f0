package dev.callflow.simulator.wire.setup;

import java.util.List;

/**
 * The rights of event-socket users who log in with {@code userauth}.
 *
 * @param events the names of the events that they may ask for, in order, with the subclasses of
 *     {@code CUSTOM} behind it
 * @param api the {@code api} commands that they may run; with {@code bgapi} in the background, too
 * @param log whether they may see the log
 */
public record UserRights(List<String> events, List<String> api, boolean log) {

  /** Copies the lists. */
  public UserRights {
    events = List.copyOf(events);
    api = List.copyOf(api);
  }
}
