package dev.callflow.api.access;

import dev.callflow.core.listen.Subscription;
import java.util.Optional;

/** Determines which accounts a token gives access to. */
@FunctionalInterface
public interface Authenticator {

  /**
   * Checks a token. Called on any thread, once for each request, and at intervals for each client
   * that is connected to receive events. May block, but not for longer than a request may take.
   * Must take the same time whether or not part of the token is right, so that tokens cannot be
   * guessed step by step.
   *
   * @param token the value of the {@code X-Auth-Token} header; never empty
   * @return the access that the token gives; empty if the token is unknown
   */
  Optional<Access> authenticate(String token);

  /**
   * Adds a listener that is notified when tokens have changed, so that connected clients whose
   * token has been revoked are disconnected at once. Without notifications, they are disconnected
   * when their token is next checked.
   *
   * @param listener the listener; called on any thread, does not block
   * @return the subscription, which removes the listener
   */
  default Subscription onChange(Runnable listener) {
    return () -> {};
  }
}
