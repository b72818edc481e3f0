package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.event.WireEvent;
import dev.callflow.simulator.wire.setup.UserRights;
import java.util.Optional;

/** The operations on the switch that clients' commands trigger. */
interface CommandTarget {

  boolean accepts(String password);

  /** Returns the rights of a user; empty if the name or password is wrong. */
  Optional<UserRights> user(String name, String password);

  /** Runs an api command and returns its answer. */
  String api(String line);

  /** Runs an api command in the background. */
  void background(String line, String job);

  /**
   * Returns the reply to a {@code sendmsg} and the action to run after the reply. If the call's own
   * thread runs the action, the action comes before the reply, because the thread waits for the
   * application to end.
   */
  SentMessage message(Optional<String> channel, WireCommand command, boolean inItsThread);

  /** Returns the channel data for {@code connect}; empty if there is no such channel. */
  Optional<WireEvent> channelData(String channel);

  /** Parks the channel after its application has connected. */
  void parked(String channel);

  Optional<String> variable(String channel, String name);

  /** Sends a client's event to all connections and returns the reply to the client. */
  String fire(WireCommand command);
}
