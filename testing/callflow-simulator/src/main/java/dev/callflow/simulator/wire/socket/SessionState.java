package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.call.SocketMode;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is about and what its commands have made of it. Changed by the thread that
 * carries out its commands; read by any.
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

  /** The channel of the call that was handed over. */
  Optional<String> channel() {
    return call.map(HandedCall::uuid);
  }

  SocketMode mode() {
    return call.map(HandedCall::mode).orElse(SocketMode.INBOUND);
  }

  /** Whether the call's own thread is in here, so that the call is gone only after it. */
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

  /** The call that {@code myevents UUID} has bound an inbound connection to. */
  Optional<String> bound() {
    return bound;
  }

  void bind(String uuid) {
    bound = Optional.of(uuid);
  }

  /** The call that the connection was handed, or has bound itself to. */
  Optional<String> ownCall() {
    return channel().or(() -> bound);
  }

  /** For how many seconds it lingers after the end of its call; null if it does not. */
  @Nullable OptionalInt linger() {
    return linger;
  }

  /**
   * @param seconds empty for as long as the application wants
   */
  void linger(OptionalInt seconds) {
    linger = seconds;
  }

  void doNotLinger() {
    linger = null;
  }
}
