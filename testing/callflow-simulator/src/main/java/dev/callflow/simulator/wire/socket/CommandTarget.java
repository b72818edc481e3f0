package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.event.WireEvent;
import dev.callflow.simulator.wire.setup.UserRights;
import java.util.Optional;

/** The operations on the switch that commands of connections trigger. */
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
   * thread runs it, the action comes first, because it waits for the end of the application.
   */
  SentMessage message(Optional<String> channel, WireCommand command, boolean inItsThread);

  /** Returns the channel data for {@code connect}; empty if there is no such channel. */
  Optional<WireEvent> channelData(String channel);

  /** Parks the channel after its application has connected. */
  void parked(String channel);

  Optional<String> variable(String channel, String name);

  /** Sends an event to all connections and returns the reply. */
  String fire(WireCommand command);
}
