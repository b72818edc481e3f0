package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.event.WireEvent;
import dev.callflow.simulator.wire.setup.UserRights;
import java.util.Optional;

/** What commands of connections do to the switch. */
interface CommandTarget {

  boolean accepts(String password);

  /** What a user may do, if name and password are right. */
  Optional<UserRights> user(String name, String password);

  /** Runs an api command and returns what it answers. */
  String api(String line);

  /** Runs an api command in the background. */
  void background(String line, String job);

  /**
   * Says what to answer to a {@code sendmsg}, and what to do then, or before if the call's own
   * thread does it: that waits for the end of an application.
   */
  SentMessage message(Optional<String> channel, WireCommand command, boolean inItsThread);

  /** The serialised channel, for {@code connect}; empty if there is none. */
  Optional<WireEvent> channelData(String channel);

  /** The application is connected: from now on the channel waits for it. */
  void parked(String channel);

  Optional<String> variable(String channel, String name);

  /** Sends an event to all connections. */
  String fire(WireCommand command);
}
