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
   * @param token the token that the client has sent; never empty
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

  /**
   * Returns the name of a token for the audit. Called on any thread, for each change and action.
   *
   * @param token a valid token
   * @return the name; empty, as by default, if the token has none
   */
  default String name(String token) {
    return "";
  }

  /**
   * Adds an authenticator that is asked about the tokens that this one does not know.
   *
   * @param other the other authenticator
   * @return an authenticator that knows the tokens of both
   */
  default Authenticator or(Authenticator other) {
    return new EitherAuthenticator(this, other);
  }
}
