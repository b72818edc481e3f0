package dev.callflow.simulator.wire.setup;

import java.util.List;

/**
 * The rights of an event-socket user who logs in with {@code userauth}.
 *
 * @param events the names of the events that the user may subscribe to, in order; {@code CUSTOM} is
 *     followed by its subclasses
 * @param api the {@code api} commands that the user may run; if {@code bgapi} is among them, the
 *     user may also run them in the background
 * @param log whether the user may see the log
 */
public record UserRights(List<String> events, List<String> api, boolean log) {

  /** Copies the lists. */
  public UserRights {
    events = List.copyOf(events);
    api = List.copyOf(api);
  }
}
