package dev.callflow.simulator.wire.setup;

import java.util.List;

/**
 * What a user of the event socket may do who logs in with {@code userauth}.
 *
 * @param events the names of the events that he may ask for, in order, with the subclasses of
 *     {@code CUSTOM} behind it
 * @param api the {@code api} commands that he may run; with {@code bgapi} in the background, too
 * @param log whether he may see the log
 */
public record UserRights(List<String> events, List<String> api, boolean log) {

  /** Copies the lists. */
  public UserRights {
    events = List.copyOf(events);
    api = List.copyOf(api);
  }
}
