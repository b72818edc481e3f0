package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.call.SocketMode;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The state of a connection. Changed only by the thread that carries out its commands; read by any
 * thread.
 */
final class SessionState {

  private final Optional<HandedCall> call;
  private final EventSubscription subscription = new EventSubscription();
  private volatile @Nullable OptionalInt linger;
  private volatile Optional<String> bound = Optional.empty();
  private volatile boolean authorised;

  /**
   * @param call the call that was handed over; empty on an inbound connection
   */
  SessionState(Optional<HandedCall> call) {
    this.call = call;
    this.authorised = call.isPresent();
  }

  Optional<HandedCall> call() {
    return call;
  }

  /** Returns the channel of the call that was handed over. */
  Optional<String> channel() {
    return call.map(HandedCall::uuid);
  }

  SocketMode mode() {
    return call.map(HandedCall::mode).orElse(SocketMode.INBOUND);
  }

  /**
   * Returns whether the session occupies the call's own thread. If it does, the call outlasts the
   * session.
   */
  boolean keepsItsCall() {
    return call.isPresent() && !mode().async();
  }

  EventSubscription subscription() {
    return subscription;
  }

  boolean authorised() {
    return authorised;
  }

  void authorise() {
    authorised = true;
  }

  /** Returns the call to which {@code myevents UUID} has bound an inbound connection. */
  Optional<String> bound() {
    return bound;
  }

  void bind(String uuid) {
    bound = Optional.of(uuid);
  }

  /** Returns the call that was handed to the connection, or to which it has bound itself. */
  Optional<String> ownCall() {
    return channel().or(() -> bound);
  }

  /**
   * Returns how many seconds the connection lingers after the end of the call: empty for no limit,
   * null if the connection does not linger.
   */
  @Nullable OptionalInt linger() {
    return linger;
  }

  /**
   * @param seconds the linger time; empty for no limit
   */
  void linger(OptionalInt seconds) {
    linger = seconds;
  }

  void doNotLinger() {
    linger = null;
  }
}
